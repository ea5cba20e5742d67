"""What goes out with a version: checks before it, and the files that it consists of."""
