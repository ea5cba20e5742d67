"""Analyses: what is worked out from finished runs and from tables that no formula reads."""
