"""Tests of what goes out with a version."""
