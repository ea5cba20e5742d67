"""The files of the simulator: the generated engine of these assumptions, and its words.

A page names them by an address that stands for everything they depend on; they are made when a
browser asks for them, so that no page waits. An address is known as long as a visitor holds it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from gzip import compress
from weakref import WeakValueDictionary

import models
from dashboard.languages import LANGUAGES
from dashboard.paths import STATIC
from dashboard.visitor import results_cache
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import FIGURES, live_answer, view_words
from models.browser.columns import encode
from models.browser.generator import PARTS, RUNTIME, generate
from models.engine.options import Options
from models.paths import PACKAGE

FIRST = 2_000  # draws that a browser begins with while the others are on their way
ENCODING = "fixed24"
MODULES = (
    "dom",
    "numbers",
    "texts",
    "charts",
    "lever",
    "answer",
    "beside",
    "frame",
    "told",
    "simulator",
)
FILES = ("engine.js", "engine.json", "first.bin", "draws.bin")


@dataclass(frozen=True, eq=False)
class EngineRequest:
    """What an address stands for; held by the sessions that use these assumptions."""

    address: str
    assumptions: models.Assumptions
    options: Options


_REQUESTS: WeakValueDictionary[str, EngineRequest] = WeakValueDictionary()


def request_of(assumptions: models.Assumptions, options: Options) -> EngineRequest:
    """The address of the engine of these assumptions and options; its levels make no difference."""
    text = json.dumps([_program(), assumptions.hash, vars(options)], sort_keys=True)
    address = hashlib.sha256(text.encode()).hexdigest()[:32]
    request = _REQUESTS.get(address)
    if request is None or request.assumptions != assumptions:
        request = _REQUESTS[address] = EngineRequest(address, assumptions, options)
    return request


def content(address: str, name: str) -> bytes | None:
    """A file by address and name; None where there is none.

    `TracingError` when the formulas of these assumptions cannot be recorded.
    """
    if address == assets()[0]:
        return assets()[1].get(name)
    request = _REQUESTS.get(address)
    if request is None:
        return None
    result = results_cache.result_of(request.assumptions, request.options, {})
    stem, _, kind = name.partition(".")
    if stem in LANGUAGES and kind == "json":
        words = words_in(stem)
        known_words = view_words(result, words) | {"told": live_answer(result, words)}
        return _packed(json.dumps(known_words, ensure_ascii=False).encode())
    if name not in FILES:
        return None
    return results_cache.made_of("engine", result, lambda: _files(result))[name]


def _files(result: models.Result) -> dict[str, bytes]:
    """The engine in force and by year, and its draws: some to begin with, and all of them."""
    engine = generate(result, PARTS, FIGURES)
    step = max(1, result.options.draws // FIRST)
    first = [column[::step] for column in engine.columns]
    return {
        "engine.js": _packed(engine.javascript.encode()),
        "engine.json": _packed(json.dumps(engine.description, ensure_ascii=False).encode()),
        "first.bin": encode(first, engine.id, ENCODING),
        "draws.bin": encode(engine.columns, engine.id, ENCODING),
    }


def packed(content: bytes) -> bool:
    """Whether a file is kept as gzip; draws hardly pack."""
    return content[:2] == b"\x1f\x8b"


def _packed(content: bytes) -> bytes:
    return compress(content, 6, mtime=0)


@lru_cache(maxsize=1)
def assets() -> tuple[str, dict[str, bytes]]:
    """The address of the view, which is the same for everybody, and its files by name."""
    folder = STATIC / "simulator"
    names = [*(f"{name}.js" for name in MODULES), "component.js", "first.js", "simulator.css"]
    files = {name: (folder / name).read_bytes() for name in names}
    files[RUNTIME.name] = RUNTIME.read_bytes()
    font = (STATIC / "fonts" / "rug-sans.woff2").read_bytes()
    digest = hashlib.sha256(font)
    for name, text in files.items():
        digest.update(name.encode() + text)
    packed_files = {name: _packed(text) for name, text in files.items()} | {"rug-sans.woff2": font}
    return digest.hexdigest()[:32], packed_files


@lru_cache(maxsize=1)
def _program() -> str:
    """What the formulas and the generator are: with other code an address is another."""
    digest = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("*.py")):
        digest.update(file.read_bytes())
    digest.update(RUNTIME.read_bytes())
    return digest.hexdigest()
