"""The pictures of charts on the running page: drawn at their first request, by the site's own code.

One browser at a time: who waits too long for it gets an answer that says so, and may ask again.
Drawn pictures stay in memory until the process ends; there are at most five of each chart.
"""

from __future__ import annotations

from threading import Lock

import models
from dashboard.charts.finish import Chart
from dashboard.documents import chromium
from dashboard.documents.output import today
from dashboard.documents.site import finished, picture_job
from dashboard.wording.catalogue import words_in

PATIENCE = 20  # seconds of waiting for the browser
_drawn: dict[tuple[str, str, str, str], bytes] = {}
_LOCK = Lock()


def installed() -> bool:
    return bool(chromium.installed())


def picture(chart: Chart, result: models.Result, format: str, size: str) -> bytes | None:
    """SVG or PNG of a chart; None where the browser is still drawing for others.

    DataError where the browser fails.
    """
    key = (chart.id, chart.lang, format, size)
    if key in _drawn:
        return _drawn[key]
    if not _LOCK.acquire(timeout=PATIENCE):
        return None
    try:
        if key not in _drawn:
            words = words_in(chart.lang)
            (content,) = chromium.draw([picture_job(chart, format, size, result, words, today())])
            _drawn[key] = finished(content, chart, format)
        return _drawn[key]
    finally:
        _LOCK.release()
