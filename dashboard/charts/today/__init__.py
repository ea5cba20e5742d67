"""Today's cost of back pain by item and payer, and the totals that others publish."""
