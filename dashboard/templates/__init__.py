"""HTML as Jinja2 templates: a value is escaped, unless `render` itself made it.

A template is a file of this folder, a block a file; `blocks.py` fills those that pages share.
Templates reach our own styles, scripts and font by the functions below and nothing else of the
disk. A value that a template names and nobody gave is an error.
"""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from dashboard.charts import style
from dashboard.paths import STATIC, TEMPLATES

_SCRIPT_TAG = re.compile(r"</?script", re.IGNORECASE)


def render(template: str, /, **values: object) -> Markup:
    """The file `template`.html with these values; jinja2.UndefinedError where one is missing."""
    return Markup(environment().get_template(f"{template}.html").render(values))


@cache
def static(name: str) -> Markup:
    """The text of one of our own styles or scripts, a file of dashboard/static."""
    return Markup((STATIC / name).read_text(encoding="utf-8"))


def as_json(text: str) -> Markup:
    """JSON as it may stand in a <script>: no text in it can end the element."""
    return Markup(text.replace("<", r"\u003c").replace("\u2028", r"\u2028"))


def as_script(text: str) -> Markup:
    """Code or encoded draws of ours in a <script>, byte for byte.

    ValueError where the text holds the tag itself, which would end the element early or late.
    """
    if _SCRIPT_TAG.search(text):
        raise ValueError("the text holds a script tag, which would not end where its element ends")
    return Markup(text)


@cache
def environment() -> Environment:
    """How every template is read; made once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(as_json=as_json, as_script=as_script)
    environment.globals.update(
        static=static,
        font_face=lambda address="": Markup(style.font_face(address)),
        font_family=lambda: Markup(style.FONT),
        plotly_js=lambda: Markup(get_plotlyjs()),
    )
    return environment
