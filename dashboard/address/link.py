"""What a visitor has chosen, and the link that says so: state -> query -> state is the identity.

A link is text from outside. Anything that cannot be used falls back to today, and a `Notice`
says which parameter, what was found and what is allowed. Never another number silently.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from dashboard.address.names import LONGEST, NAME, package_name
from dashboard.languages import LANGUAGES
from models.engine import options as table
from models.engine.options import Options
from models.engine.result import SOCIETY, perspective_rows
from models.engine.run import catalogue_of
from models.errors import UsageError
from models.tables.assumptions import Assumptions, Edit
from models.tables.levers import Lever
from models.tables.rows import cell

SCHEMA = 1  # of the link; a link without one is read as the newest
HASH = 12  # characters of the hash of the assumptions that are shown and put in a link
SWITCHES = tuple(table.SWITCHES)
NUMBERS = {name: number.offered for name, number in table.NUMBERS.items()}
OPTIONS = table.DEFAULTS
VIEW = {"lang": LANGUAGES[0], "perspective": SOCIETY, "name": ""}  # what no figure depends on
DEFAULTS = VIEW | OPTIONS
ABOUT = ("schema", "assumptions", "link")  # about the link itself
PAGES = (
    "claim",
    "assumption",
    "compare",
    "question",
    "measure",
)  # what a page by itself reads from the address
EDIT = "a."  # before the name of an edited assumption
MAX_EDITS = 20  # that are written into a link
NOT_OURS = re.compile(r"(?i)(utm_.*|embed.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|ref|source)")
LEVEL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,30})?", re.ASCII)
_EDIT = re.compile(rf"{LEVEL.pattern}(:{LEVEL.pattern}:{LEVEL.pattern})?", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,12}", re.ASCII)


@lru_cache(maxsize=1)
def named_options() -> dict[str, tuple[str, ...]]:
    """The words that each option with a name may be."""
    return {
        "lang": LANGUAGES,
        **{name: choice.allowed for name, choice in table.CHOICES.items()},
        "perspective": tuple(row["id"] for row in perspective_rows()),
    }


@dataclass(frozen=True)
class LinkState:
    """Levels that differ from today, the options of a run, edited assumptions, and the view."""

    levels: Mapping[str, float] = field(default_factory=dict)
    options: Options = Options()
    lang: str = LANGUAGES[0]
    perspective: str = SOCIETY
    edits: Mapping[str, Edit] = field(default_factory=dict)
    name: str = ""  # that the reader gave the package

    @property
    def key(self) -> str:
        """What a result depends on beside the assumptions, in few characters."""
        return repr((sorted(self.levels.items()), self.options))


@dataclass(frozen=True)
class Notice:
    """One thing a link asked for that is not used: a text key and the fields it fills in."""

    kind: str
    name: str
    found: str = ""
    allowed: tuple = ()


def on_grid(lever: Lever, value: float) -> float | None:
    """The level of the slider nearest to a value, or None when it lies on no step or outside."""
    if not lever.min - 1e-9 <= value <= lever.max + 1e-9:
        return None
    if abs(value - lever.today) < 1e-9:
        return lever.today
    steps = (value - lever.min) / lever.step
    if abs(steps - round(steps)) > 1e-6:
        return None
    return round(lever.min + round(steps) * lever.step, 12)


def edit_text(edit: Edit) -> str:
    """0.3, or base:low:high; all digits and no exponent, so that it reads back to the bit."""
    return ":".join(map(cell, edit if isinstance(edit, tuple) else (edit,)))


def fits(edits: Mapping[str, Edit]) -> bool:
    """Whether a link can carry these edits: few, and written in digits without loss."""
    return len(edits) <= MAX_EDITS and all(
        _EDIT.fullmatch(edit_text(edit)) and _edit(edit_text(edit)) == edit
        for edit in edits.values()
    )


def to_query(state: LinkState) -> dict[str, str]:
    """The state as query parameters; what stands at today or at its default is left out."""
    query = {name: f"{level:.12g}" for name, level in sorted(state.levels.items())}
    chosen = {name: getattr(state, name) for name in VIEW} | vars(state.options)
    for name, value in chosen.items():
        if value != DEFAULTS[name]:
            query[name] = str(value).lower() if isinstance(value, bool) else str(value)
    if fits(state.edits):
        query |= {f"{EDIT}{name}": edit_text(edit) for name, edit in sorted(state.edits.items())}
    return query


def share_query(state: LinkState, assumptions_hash: str) -> str:
    """The whole state with the version of the link and the assumptions it was made with."""
    about = {"schema": SCHEMA, "assumptions": assumptions_hash}
    return urlencode(to_query(state) | about, safe=":")


def from_query(
    raw: Mapping[str, Sequence[str]], published: Assumptions
) -> tuple[LinkState, Assumptions, tuple[Notice, ...]]:
    """The state a link asks for, its assumptions, and a notice for everything not used."""
    notices: list[Notice] = []
    edits, assumptions = _edits(raw, published, notices)
    levers = catalogue_of(assumptions)
    levels: dict[str, float] = {}
    chosen: dict[str, object] = {}
    named = named_options()
    names = (*levers, *named, NAME, *SWITCHES, *NUMBERS, *ABOUT)
    for name, values in raw.items():
        if NOT_OURS.fullmatch(name) or name.startswith(EDIT) or name in PAGES:
            continue
        value = values[-1] if values else ""
        if name not in names:
            near = difflib.get_close_matches(name[:60], names, n=1)
            notices.append(Notice("unknown", name, value, tuple(near)))
        elif len(values) != 1:
            notices.append(Notice("repeated", name, " & ".join(values[:4])))
        elif name in levers:
            _take(levels, notices, name, *_level(levers[name], value), value)
        elif name == NAME:
            _take(chosen, notices, name, package_name(value), "not_a_name", (LONGEST,), value)
        elif name in ABOUT:
            notices += _about(name, value, assumptions.hash[:HASH])
        else:
            _take(chosen, notices, name, *_option(name, value), value)
    view = {name: chosen.pop(name, default) for name, default in VIEW.items()}
    moved = {name: v for name, v in levels.items() if v != levers[name].today}
    return LinkState(moved, Options(**chosen), **view, edits=edits), assumptions, tuple(notices)


def _edits(raw, published: Assumptions, notices: list) -> tuple[dict, Assumptions]:
    """The edited assumptions that a link asks for, those that can be together."""
    edits: dict[str, Edit] = {}
    used = published
    for key, values in raw.items():
        if not key.startswith(EDIT):
            continue
        name, value = key.removeprefix(EDIT), values[-1] if values else ""
        row = published.get(name)
        if row is None:
            near = difflib.get_close_matches(name[:60], list(published), n=1)
            near = [f"{EDIT}{parameter}" for parameter in near]
            notices.append(Notice("unknown", key, value, tuple(near)))
        elif len(values) != 1:
            notices.append(Notice("repeated", key, " & ".join(values[:4])))
        elif len(edits) >= MAX_EDITS:
            notices.append(Notice("many_edits", key, value, (MAX_EDITS,)))
        elif not _EDIT.fullmatch(value):
            notices.append(Notice("not_an_edit", key, value, row.support))
        else:
            edit = _edit(value)
            try:
                used = published.with_values({**edits, name: edit})
                edits[name] = edit
            except UsageError:
                notices.append(Notice("edit_impossible", key, value, row.support))
    return used.as_values(published).values, used


def _edit(text: str) -> Edit:
    numbers = tuple(float(part) for part in text.split(":"))
    return numbers if len(numbers) == 3 else numbers[0]


def _take(into: dict, notices: list, name: str, value, kind: str, allowed: tuple, text: str):
    if value is None:
        notices.append(Notice(kind, name, text, allowed))
    else:
        into[name] = value


def _level(lever: Lever, text: str) -> tuple[float | None, str, tuple]:
    allowed = lever.min, lever.max, lever.step
    if not LEVEL.fullmatch(text):
        return None, "not_a_number", allowed
    if not lever.min <= float(text) <= lever.max:
        return None, "out_of_range", allowed
    return on_grid(lever, float(text)), "off_step", allowed


def _option(name: str, text: str) -> tuple[object, str, tuple]:
    if name in NUMBERS:
        low, high = NUMBERS[name]
        if not _WHOLE.fullmatch(text):
            return None, "not_whole", (low, high)
        value = int(text)
        return (value if low <= value <= high else None), "out_of_range", (low, high)
    if name in SWITCHES:
        switch = {"true": True, "false": False}
        return switch.get(text.lower()), "choice", tuple(switch)
    return (text if text in named_options()[name] else None), "choice", named_options()[name]


def _about(name: str, text: str, assumptions_hash: str) -> list[Notice]:
    if name == "schema" and text != str(SCHEMA):
        newer = _WHOLE.fullmatch(text) and int(text) > SCHEMA
        older = _WHOLE.fullmatch(text) and int(text) < SCHEMA
        kind = "schema_newer" if newer else "schema_older" if older else "schema_unknown"
        return [Notice(kind, name, text, (SCHEMA,))]
    if name == "assumptions" and text != assumptions_hash:
        return [Notice("other_assumptions", name, text, (assumptions_hash,))]
    if name == "link":
        return [Notice("too_long", name)]
    return []
