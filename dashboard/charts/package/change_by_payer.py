"""Who pays more and who pays less under the package?"""

from __future__ import annotations

import models
from dashboard.charts.finish import Chart
from dashboard.charts.package.change import changes
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words


def chart(result: models.Result, words: Words) -> Chart | None:
    return changes(result, "payer", row_texts.payer_name(words, result.catalogue), words)
