"""Formulas of the model: arrays in, arrays out; they know nothing but each other.

What their parameters mean, unless a docstring says otherwise:

- `p`: the parameters of a scenario and year, name -> draws, each in the unit of its assumption.
  The names are those of the rows in data/assumptions, which hold range and source.
- `today`, `..._today`: the same of the base case, in which no lever is moved.
- `people`: persons a year in the base case; `episodes`, `chronic` and `mix` are relative to it
  (1 = today).
- `factor`: calibration factor on the volume of sick leave, 1 where nothing is solved.
- Arrays have draws on their last axis, shape (draws,). Money is EUR a year in the price year.
"""
