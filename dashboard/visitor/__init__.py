"""What a visitor has chosen and what was worked out for them."""
