"""Which doubt moves the answer, and what it would be worth to know more."""
