"""What back pain costs today, of what, who pays it, and what others publish."""
