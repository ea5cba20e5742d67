"""Where the page keeps its scripts, styles and templates, and where its documents stand.

In a checkout the documents and the entry file stand beside the package; an installed package has
them inside, in `dashboard/docs/` and `dashboard/entry/`.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PAGES = PACKAGE / "pages"
STATIC = PACKAGE / "static"
TEMPLATES = PACKAGE / "templates"
INSTALLED = (PACKAGE / "docs").is_dir()
DOCS = (PACKAGE if INSTALLED else PACKAGE.parent) / "docs"
ENTRY = (PACKAGE / "entry" if INSTALLED else PACKAGE.parent) / "streamlit_app.py"
