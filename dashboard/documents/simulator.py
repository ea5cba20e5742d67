"""The simulator in one file: the generated engine, its draws and the view, without a server.

It loads nothing from the network. Its content security policy allows one script and one style, each
by its hash, no eval and no handlers in the HTML. Without scripts it shows the package's answer.
"""

from __future__ import annotations

import base64
import hashlib
import json

import numpy as np

import models
from dashboard.address.link import HASH
from dashboard.charts.style import font_face
from dashboard.documents.module_bundle import bundle
from dashboard.paths import STATIC
from dashboard.templates import render, static
from dashboard.wording import sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.live import FIGURES, live_texts, view_words
from dashboard.wording.numbers import number
from models.browser.columns import decode, encode, to_text
from models.browser.generator import RUNTIME, BrowserEngine, generate
from models.engine.run import scenarios_of
from models.errors import UsageError

FOLDER = STATIC / "simulator"
MODULES = (
    "numbers.js",
    "texts.js",
    "dom.js",
    "charts.js",
    "lever.js",
    "answer.js",
    "beside.js",
    "frame.js",
    "simulator.js",
    "page.js",
)
DRAWS = 2_000
ENCODING = "fixed24"
TOLERANCE = 1e-6  # of the base-case total


def simulator_html(result: models.Result, words: Words) -> str:
    """The file for this run; its levels are those that the page opens with."""
    engine = generate(result, ("inForce",), FIGURES)
    columns = encode(engine.columns, engine.id, ENCODING)
    _check(engine, columns, result)
    texts = live_texts(result, words)
    script = bundle(modules(engine))
    style = f"{font_face()}{static('simulator/simulator.css')}"
    data = page_data(engine, result, words)
    return str(
        render(
            "simulator",
            lang=words.lang,
            policy=policy(script, style),
            title=words("live.title"),
            **{name: texts[name] for name in ("lead", "range", "verdict", "who")},
            package=sentences.package(result, words),
            payers=words("live.table"),
            no_script=words("live.no_script"),
            **_origin(engine, result, words),
            bars=_bars(result, texts, words),
            data=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
            columns=to_text(columns),
            script=script,
        )
    )


def modules(engine: BrowserEngine) -> dict[str, str]:
    """Name -> text of every module of the page, in an order in which they can be read."""
    own = {name: (FOLDER / name).read_text(encoding="utf-8") for name in MODULES}
    return {"engine.js": engine.javascript, "runtime.js": RUNTIME.read_text("utf-8"), **own}


def page_data(engine: BrowserEngine, result: models.Result, words: Words) -> dict:
    """What the view needs beside the engine; the same for a component."""
    return {
        **view_words(result, words),
        "description": engine.description,
        "levels": result.levels,
        "presets": _presets(result, words),
        "scenario_id": result.scenario_id,
        "set_assumptions": _edits(result),
        "headline": result.headline,
    }


def _presets(result: models.Result, words: Words) -> list[dict]:
    """The signed packages whose levels these levers know: what to call them, and their levels."""
    return [
        {"label": words.of(package), "levels": dict(package["levels"])}
        for package in scenarios_of(result.model.assumptions).values()
        if all(name in result.levers for name in package["levels"])
    ]


def can_hold(result: models.Result) -> bool:
    """Whether a file can say what these assumptions are: as published, or with values on top."""
    return not result.model.assumptions.as_values(models.load_assumptions()).without_value


def _edits(result: models.Result) -> dict:
    """Values that make these assumptions; UsageError where they need tables of their own."""
    if not can_hold(result):
        raise UsageError(
            "these assumptions are tables of their own; the simulator in one file can hold "
            "the published ones and values given by --set-assumption"
        )
    return result.model.assumptions.as_values(models.load_assumptions()).values


def policy(script: str, style: str) -> str:
    """A content security policy: this script, this style and the font in it, and nothing else."""
    hashes = {"script-src": script, "style-src": style}
    allowed = "; ".join(
        f"{name} 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for name, text in hashes.items()
    )
    return f"default-src 'none'; {allowed}; font-src data:; base-uri 'none'; form-action 'none'"


def _check(engine: BrowserEngine, columns: bytes, result: models.Result) -> None:
    """The figures of the file against those of the run, to the tolerance that the file states."""
    figures = engine.evaluate(result.levels, columns=decode(columns)[1])
    base = engine.evaluate({}, columns=decode(columns)[1])
    off = np.abs(np.mean(figures["total"] - base["total"]) - np.mean(result.incremental))
    if off > TOLERANCE * np.mean(result.base.total):
        raise UsageError(f"the file would be off by EUR {off:.0f}; give more bits to its draws")


def _origin(engine: BrowserEngine, result: models.Result, words: Words) -> dict[str, str]:
    hash = result.assumptions_hash[:HASH]
    return {
        "exact": words("live.exact", error=words("live.millionth")),
        "made": words(
            "live.made",
            draws=number(result.options.draws, words.lang),
            seed=result.options.seed,
            hash=hash,
            engine=engine.id[:HASH],
            command=result.command,
        ),
        "citation": words(
            "live.citation", version=models.VERSION, scenario=result.scenario_id, hash=hash
        ),
    }


def _bars(result: models.Result, texts: dict[str, str], words: Words) -> list[dict]:
    """A line a payer: name, bar (less to the right), words; for a page without scripts."""
    changes = result.statistics("incremental", "payer")
    widest = max((abs(row["mean"]) for row in changes.values()), default=0.0) or 1.0
    bars = []
    for row in result.catalogue["payers"]:
        if row["id"] not in changes:
            continue
        mean = changes[row["id"]]["mean"]
        width = abs(mean) / widest * 50
        bars.append(
            {
                "name": words.of(row),
                "text": texts[f"payer.{row['id']}"],
                "left": f"{50 if mean < 0 else 50 - width:.2f}",
                "width": f"{width:.2f}",
                "saves": mean < 0,
            }
        )
    return bars
