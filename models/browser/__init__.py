"""The formulas recorded and written as a program for the browser, and traces of a figure."""
