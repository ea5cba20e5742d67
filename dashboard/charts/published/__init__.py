"""Charts of published figures only; they do not depend on the model."""
