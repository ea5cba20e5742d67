"""What every written file needs: its name, what a browser has to draw, its link and its place."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import models
from dashboard.address.link import HASH, LinkState, share_query
from dashboard.charts import CHARTS
from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import texts_of
from dashboard.wording.catalogue import Words
from models.command_line.arguments import write
from models.errors import UsageError, shown

ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?")


def name_of(id: str, words: Words) -> str:
    """What a chart shows, whatever it finds; a chart without a name is called by its finding."""
    key = f"export.name.{id}"
    if key in words:
        return words(key)
    chart = CHARTS[id](models.run(scenario="article_proposals", draws=100), words)
    return chart.title if chart else id.replace("_", " ")


def job(
    chart: Chart, format: str, size: str, result: models.Result, words: Words, day: date
) -> dict:
    """One file for dashboard/documents/chromium.py to draw."""
    about = texts_of(chart, words, day) | {"origin": origin(result, words)}
    figure = json.loads(chart.screen().to_json())
    return {"format": format, "size": size, "figure": figure, "chart": about}


def origin(result: models.Result, words: Words) -> str:
    return f"{words('export.command')} {result.command}"


def saved(folder: str, files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Write the files into a folder, which is made where it is missing; gives their paths."""
    for name, content in files:
        path = Path(folder) / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"--out {shown(folder)}: {error.strerror}") from None
        write(content, str(path))
        yield str(path)


def base_of(args: Namespace) -> str:
    """The address at which the files will stand, without its last slash; empty when not given."""
    base = getattr(args, "base_url", "").rstrip("/")
    if base and not ADDRESS.fullmatch(base):
        raise UsageError(
            f"--base-url {shown(base)}: an address starts with https:// or http:// and has no "
            "spaces, quotes or question mark, such as https://example.org/rugpijn"
        )
    return base


def link(result: models.Result, lang: str, base: str = "") -> str:
    """The page with these levels, options and changed numbers, below the address `base`."""
    edits = result.model.assumptions.as_values(models.load_assumptions()).values
    state = LinkState(result.levels, result.options, lang, edits=edits)
    return f"{base}/simulator?{share_query(state, result.assumptions_hash[:HASH])}"


def today() -> date:
    return datetime.now(UTC).date()
