"""Where the page keeps its scripts, styles and templates."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PAGES = PACKAGE / "pages"
STATIC = PACKAGE / "static"
TEMPLATES = PACKAGE / "templates"
