"""The code that puts the simulator in one file into somebody else's page."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from dashboard.templates import render, static
from dashboard.wording.catalogue import words_in

HEIGHT = 1_000  # pixels of the frame in a column of 640 until the file has said its own
SANDBOX = "allow-scripts"
# Sets each frame that speaks to the height it tells; a frame is known by its window, not by a name.
HEIGHT_SCRIPT = static("embed_height.js")
HEIGHT_HASH = f"sha256-{b64encode(sha256(HEIGHT_SCRIPT.encode()).digest()).decode()}"


def frame(address: str, lang: str, height: int = HEIGHT, title: str = "") -> Markup:
    """The iframe alone: works without the script, with its height as it is given."""
    return render(
        "embed_frame",
        address=address,
        title=title or words_in(lang)("app.title"),
        sandbox=SANDBOX,
        height=height,
    )


def embed_code(address: str, lang: str, height: int = HEIGHT) -> Markup:
    """The iframe and the script that follows its height."""
    return render("embed_code", frame=frame(address, lang, height))
