"""Which policies: alone, against each other, for a budget, and where one breaks even."""
