"""Checks between rows and tables: what no single cell shows.

`assumption_rows` holds the checks of the assumptions among themselves; `catalogue` calls those of
the tables beside them, a file for each subject. What is wrong goes to `Findings`.
"""
