"""Analyses: what is worked out from finished runs, one question about a run a file."""
