"""A run as one zip file: written, read back, checked against a new run, compared."""
