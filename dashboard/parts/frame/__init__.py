"""What stands round every page: doors, notices, the current package, whose money, options."""
