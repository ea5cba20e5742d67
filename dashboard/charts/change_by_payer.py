"""Who pays more and who pays less under the package?"""

from __future__ import annotations

import models
from dashboard import lines
from dashboard.charts.change import changes
from dashboard.finish import Finished
from dashboard.text import Words


def chart(result: models.Result, words: Words) -> Finished | None:
    return changes(result, "payer", lines.payer_name(words, result.catalogue), words)
