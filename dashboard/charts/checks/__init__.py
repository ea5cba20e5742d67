"""How the model and the article compare with what was published."""
