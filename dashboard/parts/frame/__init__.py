"""What stands round every page: doors, notices, the package in hand, whose money, options."""
