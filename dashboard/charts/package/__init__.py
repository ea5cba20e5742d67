"""Differences between a package of policies and today."""
