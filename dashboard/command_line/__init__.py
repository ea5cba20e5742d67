"""`python -m dashboard`: exports, brief, protocol, simulator file and static site."""
