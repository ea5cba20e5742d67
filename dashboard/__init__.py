"""The page: looks and says; what is calculated is calculated in models/."""
