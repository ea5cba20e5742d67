"""The version of the model, of the page and of the package: written here and nowhere else."""

VERSION = "0.1.0"
