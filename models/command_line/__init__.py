"""`python -m models`: arguments, a function for each command, and text for a terminal."""
