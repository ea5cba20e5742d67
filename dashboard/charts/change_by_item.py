"""On what does the package save, and what does it cost?"""

from __future__ import annotations

import models
from dashboard import lines
from dashboard.charts.change import changes
from dashboard.finish import Finished
from dashboard.text import Words


def chart(result: models.Result, words: Words) -> Finished | None:
    return changes(result, "cost_item", lines.item_name(words, result.catalogue), words)
