"""The accounting of a scenario in force, written a second time, for OpenFisca-Core.

From the formulas of docs/method.md, as OpenFisca's users write a country: one entity, a class a
variable, a formula a class. It takes nothing from models/, so that agreement means something. An
entity is a draw, one joint set of all inputs; names ending in `_today` are values of the base case.
"""
