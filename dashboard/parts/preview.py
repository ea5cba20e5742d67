"""A document of ours shown on the page at its full height, so that nothing of it is cut off."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dashboard.paths import STATIC


@lru_cache(maxsize=1)
def _frame():
    script = (STATIC / "preview.js").read_text(encoding="utf-8")
    return st.components.v2.component("preview", js=script)


def preview(html: str, title: str) -> None:
    """Show a whole HTML document, which may run no script."""
    _frame()(data={"html": html, "title": title}, key="preview")
