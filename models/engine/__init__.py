"""A run: options and scenario, draws and calibration, the years, and the result with its tables."""
