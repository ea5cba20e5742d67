"""Check a simulator file offline: does this version make the same engine, draws and figures?

Everything that a number depends on is compared; texts and layout are not.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

from models.browser.columns import decode, encode, from_text
from models.browser.generator import RUNTIME, generate
from models.engine.options import Options
from models.engine.run import run
from models.errors import DataError, Finding, UsageError

MAX_BYTES = 5_000_000
ALLOWED = (
    "what this version makes of the same question",
    "wat deze versie van dezelfde vraag maakt",
)
REMEDY = (
    "make the file again with `python -m dashboard simulator`, or use the version that it names",
    "maak het bestand opnieuw met `python -m dashboard simulator`, of neem de versie die erin "
    "staat",
)
OPTIONS = tuple(Options.__dataclass_fields__)


class _Scripts(HTMLParser):
    """The texts of the script elements: by id, and those without one under ''."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.open: str | None = None

    def handle_starttag(self, tag, attrs):
        self.open = dict(attrs).get("id") or "" if tag == "script" else None
        if self.open is not None:
            self.found.setdefault(self.open, "")

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.found[self.open] += data


def verify_page(source: str | Path | bytes, name: str | None = None) -> list[Finding]:
    """The differences between a simulator file and this version; empty when there are none.

    `DataError` when the file cannot be read as one.
    """
    file = name or (Path(source).name if isinstance(source, (str, Path)) else "simulator.html")
    scripts, data, columns = _opened(source, file)
    try:
        options = {name: data["description"][name] for name in OPTIONS}
        edits = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in data["set_assumptions"].items()
        }
        result = run(data["levels"], set_assumptions=edits, **options)
        figures = [row["id"] for row in data["description"]["outputs"]["inForce"]]
        engine = generate(result, ("inForce",), figures)
        encoding = decode(columns)[0]["encoding"]
        encoded = encode(engine.columns, engine.id, encoding)
    except (KeyError, TypeError, AttributeError, ValueError, UsageError) as error:
        raise DataError([_finding(file, "data", str(error).splitlines()[0][:200])]) from None
    pairs = {
        "model_version": (
            data["description"].get("model_version"),
            engine.description["model_version"],
        ),
        "assumptions_hash": (data["description"].get("assumptions_hash"), result.assumptions_hash),
        "scenario_id": (data.get("scenario_id"), result.scenario_id),
        "id": (data["description"].get("id"), engine.id),
        "description": (data["description"], engine.description),
        "headline": (data.get("headline"), json.loads(json.dumps(result.headline))),
        "columns": (columns, encoded),
    }
    differing = [
        _finding(file, key, _short(was)) for key, (was, now) in pairs.items() if was != now
    ]
    program = scripts.get("", "")
    for part, text in (
        ("engine.js", engine.javascript),
        ("runtime.js", RUNTIME.read_text("utf-8")),
    ):
        if plain(text) not in program:
            differing.append(_finding(file, part, "another text"))
    return differing


def plain(javascript: str) -> str:
    """The text of a module inside a page with one script: without the word `export`."""
    return javascript.replace("\nexport ", "\n")


def _opened(source, file: str) -> tuple[dict[str, str], dict, bytes]:
    try:
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise DataError([_finding(file, "", error.strerror or str(error))]) from None
    if len(content) > MAX_BYTES:
        raise DataError([_finding(file, "", f"{len(content)} bytes")])
    parser = _Scripts()
    try:
        parser.feed(content.decode("utf-8"))
        scripts = parser.found
        return (
            scripts,
            json.loads(scripts["data"]),
            from_text(scripts["columns"]),
        )
    except (KeyError, ValueError, RecursionError):
        missing = ("no simulator", "geen simulator")
        raise DataError([Finding(file, None, None, missing[0], ALLOWED, REMEDY)]) from None


def _finding(file: str, key: str, value: str) -> Finding:
    return Finding(file, None, None, value, ALLOWED, REMEDY, key)


def _short(value) -> str:
    text = f"{len(value)} bytes" if isinstance(value, bytes) else json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."
