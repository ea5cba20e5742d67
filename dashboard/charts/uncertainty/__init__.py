"""What makes the answer uncertain, and what to choose in spite of it."""
