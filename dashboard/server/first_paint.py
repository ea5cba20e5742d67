"""What a browser shows before the page is ready: navigation, and on Costs its answer and squares.

It is part of the HTML shell, on top of the place where Streamlit builds the page out of sight, and
is removed when the page is ready (static/shell.js), so that nothing jumps. On Costs a link that may
change the answer of today is not evaluated here: with such a link only the navigation is shown. The
simulator stands with the options and edits of the link; its files are made when the browser asks.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, urlencode

from markupsafe import Markup

from dashboard.address.link import ABOUT, NOT_OURS, PAGES, from_query
from dashboard.languages import LANGUAGES
from dashboard.parts import field
from dashboard.parts.frame.doors import DOORS, LISTED, door_of
from dashboard.templates import render
from dashboard.visitor import engines, results_cache, session
from dashboard.wording import sentences
from dashboard.wording.catalogue import Words, words_in
from models.browser.generator import RUNTIME
from models.engine.options import Options
from models.engine.run import catalogue_of

FONT = re.compile(rb'href="(\./static/media/SourceSansVF-Upright[^"]+\.woff2)"')
HARMLESS = {*ABOUT, *PAGES, "lang", "perspective"}  # link fields that never change today's answer


@dataclass(frozen=True)
class Answer:
    """What Costs opens with, in one language."""

    lead: str
    deck: str
    squares: Markup


_ANSWERS: dict[str, Answer] = {}
_ENGINES: list[engines.EngineRequest] = []  # of today as published, once its files are made
SIMULATOR = "simulator"


def prepare() -> None:
    """Calculate the answers in the background; until they are ready only navigation is shown."""
    Thread(target=_work_out, name="first paint", daemon=True).start()


def _work_out() -> None:
    try:
        today = results_cache.result_of(session.published(), Options(), {})
        for lang in LANGUAGES:
            words = words_in(lang)
            lead, rest = sentences.overview_answer(today, words)
            drawing = field.html(today, words, "first-paint")
            _ANSWERS[lang] = Answer(lead, " ".join(rest), drawing)
        engine = engines.request_of(session.published(), Options())
        for name in engines.FILES:
            engines.content(engine.address, name)
        _ENGINES.append(engine)
    except Exception:  # the page itself says what is wrong with the data
        logging.getLogger(__name__).exception("no first paint")


def html(path: str, query: str, lang: str, shell: bytes) -> Markup | str:
    """The first paint of an address, ready to stand before Streamlit's root; "" for no page."""
    name = path.strip("/") or LISTED[0]
    if name not in LISTED:
        return ""
    words = words_in(lang)
    answer = _ANSWERS.get(lang) if name == LISTED[0] and _is_of_today(query) else None
    font = FONT.search(shell)
    state = urlencode([pair for pair in parse_qsl(query) if pair[0] not in PAGES])
    doors = [
        {
            "address": f"{'./' if door == LISTED[0] else door}{state and '?' + state}",
            "label": words(f"door.{door}"),
            "open": door == door_of(name),
        }
        for door in DOORS
    ]
    return render(
        "first_paint",
        font=font[1].decode() if font else "",
        waits_for={LISTED[0]: "squares", SIMULATOR: "simulator"}.get(name, "title"),
        brand=words("app.title"),
        menu=words("door.menu"),
        doors=doors,
        lead=answer.lead if answer else "",
        deck=answer.deck if answer else "",
        squares=answer.squares if answer else "",
        simulator=_simulator(path, query, words),
    )


def ahead(path: str, query: str, lang: str) -> Markup:
    """Tags for the head of the shell that make the browser fetch the simulator's files first."""
    engine = _engine(path, query)
    if engine is None:
        return render("shell_ahead", view="", modules=[], files=[])
    view, at = _view(), f"live/{engine.address}/"
    names = [RUNTIME.name, *(f"{module}.js" for module in (*engines.MODULES, "component", "first"))]
    modules = [*(view + name for name in names), f"{at}engine.js"]
    files = [at + name for name in (f"{lang}.json", "engine.json", "first.bin")]
    return render("shell_ahead", view=view, modules=modules, files=files)


def _view() -> str:
    return f"live/{engines.assets()[0]}/"


def _simulator(path: str, query: str, words: Words) -> dict | None:
    """Where the simulator in the shell finds its files; None where it does not stand there."""
    engine = _engine(path, query)
    if engine is None:
        return None
    return {
        "view": _view(),
        "engine": engine.address,
        "lang": words.lang,
        "title": words("simulator.title"),
    }


def _engine(path: str, query: str) -> engines.EngineRequest | None:
    """The engine of an address of the simulator; None before the first one is made, and for a link
    of which something cannot be used, because only the page says what."""
    if path.strip("/") != SIMULATOR or not _ENGINES:
        return None
    return _ENGINES[0] if _is_of_today(query) else _engine_of_link(query)


@lru_cache(maxsize=8)  # held here until their pages hold them
def _engine_of_link(query: str) -> engines.EngineRequest | None:
    raw = parse_qs(query, keep_blank_values=True)
    state, used, notices = from_query(raw, session.published())
    return None if notices else engines.request_of(used, state.options)


def _is_of_today(query: str) -> bool:
    """Whether a link leaves today's answer as it is published: levers move no answer of today."""
    known = {*catalogue_of(session.published()), *HARMLESS}
    return all(name in known or NOT_OURS.fullmatch(name) for name, _ in parse_qsl(query))
