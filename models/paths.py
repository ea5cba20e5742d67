"""Where the project's own files stand.

In a checkout the tables stand beside the package, in `data/`; an installed package has them inside,
in `models/data/`.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
INSTALLED = (PACKAGE / "data").is_dir()
DATA = (PACKAGE if INSTALLED else PACKAGE.parent) / "data"
TEXT = DATA / "text"


def project_path(path: Path) -> Path:
    """The path as the checkout names it, such as `data/levers.csv` or `models/errors.py`.

    A path outside the project comes back as it is.
    """
    for folder in (DATA, PACKAGE):
        if path.is_relative_to(folder):
            return folder.name / path.relative_to(folder)
    return path
