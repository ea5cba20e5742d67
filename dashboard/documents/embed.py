"""The code that puts the simulator in one file into somebody else's page."""

from __future__ import annotations

from html import escape

from dashboard.wording.catalogue import words_in

HEIGHT = 1_450  # pixels of the frame until the file has said its own
SANDBOX = "allow-scripts"
# Sets each frame that speaks to the height it tells; a frame is known by its window, not by a name.
HEIGHT_SCRIPT = (
    'addEventListener("message",function(e){'
    'if(!e.data||e.data.type!=="rugpijn-height"||!(e.data.height>0))return;'
    'document.querySelectorAll("iframe").forEach(function(f){'
    "if(f.contentWindow===e.source)f.height=Math.min(1e4,Math.ceil(e.data.height))})})"
)


def frame(address: str, lang: str, height: int = HEIGHT) -> str:
    """The iframe alone: works without the script, with its height as it is given."""
    title = escape(words_in(lang)("app.title"))
    return (
        f'<iframe src="{escape(address)}" title="{title}" sandbox="{SANDBOX}" loading="lazy" '
        f'width="100%" height="{height}" frameborder="0"></iframe>'
    )


def embed_code(address: str, lang: str, height: int = HEIGHT) -> str:
    """The iframe and the script that follows its height."""
    return f"{frame(address, lang, height)}\n<script>{HEIGHT_SCRIPT}</script>"
