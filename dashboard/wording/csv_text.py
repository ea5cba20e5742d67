"""How a CSV is written so that a spreadsheet in the reader's language reads it as it is meant."""

from __future__ import annotations

import re

SEPARATOR = {"nl": ";", "en": ","}
MARK = {"nl": "\ufeff", "en": ""}  # Dutch Excel takes a file for UTF-8 only when it starts so
# A cell that starts so is a formula in a spreadsheet. A spreadsheet that takes another separator
# than ours starts a cell inside our text, so what follows any separator counts too.
_FORMULA = re.compile(r"(^|[;,|])([\s\"']*)(?=[=+\-@＝＋－＠−])")


def harmless(text: str) -> str:
    """Text that no spreadsheet reads as a formula, wherever it starts a cell; on one line."""
    return _FORMULA.sub(r"\1\2'", re.sub(r"[\x00-\x1f\x7f]+", " ", text))
