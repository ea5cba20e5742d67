"""The address of the page: a visitor's choices as a link, and a link read with suspicion."""
