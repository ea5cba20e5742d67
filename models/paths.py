"""Where the project's own files stand: the tables, the texts and the program."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
DATA = ROOT / "data"
TEXT = DATA / "text"
