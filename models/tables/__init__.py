"""Tables: the rows of data/ read, checked and typed; nothing here calculates a cost.

From the inside out: `csv_file` and `cell_values` read text, `rows` one assumption, `assumptions`
all of them; `catalogue` holds the tables beside them (levers, cost items, payers), and the
`checks` what must hold between rows. Whatever is wrong is collected in `Findings` and raised as
one `DataError`.
"""
