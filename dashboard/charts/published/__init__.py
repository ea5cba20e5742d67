"""Charts of published figures only; the model has no part in them."""
