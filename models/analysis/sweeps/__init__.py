"""Sweeps: many runs from one description, as a table in memory or as a Parquet file."""
