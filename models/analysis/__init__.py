"""Analyses: what is worked out from finished runs and from tables that no formula reads.

Long: one question about a run a file, found by its name.
"""
