"""What each command prints or writes, from its parsed arguments; the charts are the page's own."""

from __future__ import annotations

import inspect
import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import models
from dashboard.charts import CHARTS
from dashboard.charts.finish import Chart
from dashboard.documents import chromium, png
from dashboard.documents.brief import brief as brief_of
from dashboard.documents.chart_files import csv_text, file_stem, interactive
from dashboard.documents.output import base_of, job, link, name_of, origin, saved, today
from dashboard.documents.simulator import DRAWS, simulator_html
from dashboard.documents.story_kit import story_kit
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from models.command_line.commands import run_arguments
from models.engine.output.document import SCHEMA
from models.errors import UsageError, shown

DRAWN = ("svg", "png")  # what only a browser can make
SIZES = ("wide", "square", "tall", "card")


def question(id: str) -> str:
    """What a chart answers: how its file begins, up to the question mark."""
    text = (inspect.getdoc(inspect.getmodule(CHARTS[id])) or "").partition("\n")[0]
    return text.partition("?")[0] + "?"


def charts(args: Namespace) -> str:
    listed = [
        {
            "id": id,
            **{f"title_{lang}": name_of(id, words_in(lang)) for lang in LANGUAGES},
            "question": question(id),
        }
        for id in CHARTS
    ]
    if getattr(args, "format", "table") == "json":
        return json.dumps({"schema": SCHEMA, "charts": listed}, ensure_ascii=False)
    return "\n".join(f"{row['id']:26} {row['question']}" for row in listed)


def export(args: Namespace) -> str:
    """Write the files of one chart or of all; prints their paths."""
    if args.chart != "all" and args.chart not in CHARTS:
        near = (
            ", ".join(get_close_matches(args.chart[:60], CHARTS))
            or "see: python -m dashboard charts"
        )
        raise UsageError(f"unknown chart {shown(args.chart)!r}; nearest: {near}, or all")
    for option, formats in (("size", DRAWN), ("interactive", ("html",))):
        if hasattr(args, option) and args.format not in formats:
            raise UsageError(f"--{option} is for --format {' or '.join(formats)}; leave it out")
    if args.format in DRAWN:
        chromium.needed()
    result, words = models.run(**run_arguments(args)), words_in(args.lang)
    day, format = today(), args.format
    ids = CHARTS if args.chart == "all" else (args.chart,)
    drawn = list(_charts(ids, result, words, needed=args.chart != "all"))
    size = getattr(args, "size", SIZES[0])
    contents: Iterable[bytes]
    if format == "csv":
        contents = [csv_text(chart, day).encode() for chart in drawn]
    elif format in DRAWN or not _alive(args):
        jobs = [job(chart, format, size, result, words, day) for chart in drawn]
        contents = chromium.draw(jobs)
        if format == "png":
            contents = map(png.published, contents, drawn)
    else:
        again = origin(result, words)
        contents = [interactive(chart, words, day, again).encode() for chart in drawn]
    sized = format in DRAWN and size != SIZES[0]
    mark = f"_{words(f'export.bar.{size}_file')}" if sized else ""
    names = [f"{file_stem(chart, day)}{mark}.{format}" for chart in drawn]
    return "\n".join(saved(args.folder, zip(names, contents, strict=True)))


def _alive(args: Namespace) -> bool:
    """Whether an HTML page gets the interactive chart; it must where nothing can draw it."""
    if getattr(args, "interactive", False):
        return True
    if chromium.installed():
        return False
    print(words_in(args.lang)("export.no_browser"), file=sys.stderr)
    return True


def _charts(
    ids: Iterable[str], result: models.Result, words: Words, needed: bool
) -> Iterator[Chart]:
    for id in ids:
        chart = CHARTS[id](result, words)
        if chart:
            yield chart
        elif needed:
            raise UsageError(words("export.nothing", chart=id))
        else:
            print(words("export.nothing", chart=id), file=sys.stderr)


def brief(args: Namespace) -> str | bytes:
    printed = getattr(args, "format", "html") == "pdf"
    if printed:
        chromium.needed()
    result, words = models.run(**run_arguments(args)), words_in(args.lang)
    html = brief_of(result, words, link(result, args.lang, base_of(args)), today())
    return chromium.pdf(html) if printed else html.encode()


def kit(args: Namespace) -> bytes:
    """The ZIP for a newsroom; without pictures where no browser is installed, which it says."""
    result, words = models.run(**run_arguments(args)), words_in(args.lang)
    return story_kit(result, words, link(result, args.lang, base_of(args)), today())


def simulator(args: Namespace) -> str:
    """The HTML of the simulator; without --draws as many as fit in a file of under 1 MB."""
    options = {"draws": DRAWS, **run_arguments(args)}
    return simulator_html(models.run(**options), words_in(args.lang)).removesuffix("\n")
