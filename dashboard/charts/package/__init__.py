"""What a package of policies changes, beside today."""
