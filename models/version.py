"""The version of the model, of the page and of the package: written here and nowhere else."""

VERSION = "0.1.0"
RECORDED = "2026-11-28"  # day on which the predictions of this version were put on record
