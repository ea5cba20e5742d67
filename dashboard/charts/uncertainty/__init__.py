"""What makes the answer unsure, and what to choose all the same."""
