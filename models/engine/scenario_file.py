"""A scenario from outside: {"schema": 1, "levers": {"lever": level}, and options of a run}.

Stricter than Python's own JSON reader: bytes, depth and digits are bounded before anything is
parsed, and a name given twice, NaN, an unknown field or `true` for 1 is refused. All faults are
reported together.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.engine.options import CHOICES, DEFAULTS, NUMBERS, Options
from models.errors import DataError, Findings, UsageError, finding
from models.similar_names import hint
from models.tables.cell_values import MAX_NUMBER, MIN_NUMBER, SIZES, text_problem
from models.tables.csv_file import read_bytes
from models.tables.levers import Lever

SCHEMA = 1
MAX_BYTES = 100_000
MAX_DEPTH = 4
MAX_DIGITS = 40
MAX_NAME = 200
FIELDS = ("schema", "name", "levers", *DEFAULTS)
TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.S)
_WRONG = object()  # stands for a value that has been reported already


@dataclass(frozen=True)
class ScenarioFile:
    """What a scenario file asks for: levels, the options it names, and its own name."""

    levels: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    name: str = ""


def read_scenario(
    source: str | Path | bytes, levers: Mapping[str, Lever], name: str | None = None
) -> ScenarioFile:
    """The scenario in a file or an upload, checked against `levers`.

    `DataError` lists everything that is wrong; `name` is what its messages call the file.
    """
    findings = Findings()
    file = name or (Path(source).name if isinstance(source, (str, Path)) else "scenario.json")
    content = read_json(read_bytes(source, file, MAX_BYTES), file, findings)
    if not isinstance(content, dict):
        findings.add("json_object", file=file, found=kind(content))
        raise DataError(findings)
    _fields(content, file, findings)
    levels = _levels(content.get("levers", {}), levers, file, findings)
    options = _options(content, file, findings)
    findings.check()
    return ScenarioFile(levels, options, content.get("name", ""))


def write_scenario(
    levels: Mapping[str, float], options: Options, name: str = "", *, every: bool = False
) -> str:
    """The text that `read_scenario` reads back; options at their default only with `every`."""
    chosen = vars(options)
    chosen_options = {
        name: chosen[name] for name in DEFAULTS if every or chosen[name] != DEFAULTS[name]
    }
    content: dict[str, object] = {"schema": SCHEMA} | ({"name": name} if name else {})
    content |= {"levers": dict(sorted(levels.items())), **chosen_options}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_json(data: bytes, file: str, findings: Findings, max_depth: int = MAX_DEPTH) -> object:
    """The value of a JSON text. `DataError` when it cannot be parsed; `findings` gets the rest."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x}"
        raise DataError([finding("json_encoding", file=file, found=byte)]) from None
    deep = depth(text)
    if deep > max_depth:
        raise DataError([finding("json_depth", file=file, found=deep, limit=max_depth)])

    def once(pairs: list[tuple[str, object]]) -> dict:
        seen: dict[str, object] = {}
        for name, value in pairs:
            if name in seen:
                findings.add("json_twice", file=file, key=name, found=name)
            seen[name] = value
        return seen

    def refused(text: str) -> object:
        findings.add("json_number", file=file, found=text, **SIZES)
        return _WRONG

    def integer(text: str) -> object:
        return int(text) if len(text) <= MAX_DIGITS else refused(text)

    def real(text: str) -> object:
        value = float(text) if len(text) <= MAX_DIGITS else math.inf
        lost = value == 0 and re.search("[1-9]", text.lower().split("e")[0])
        sound = value == 0 or MIN_NUMBER <= abs(value) <= MAX_NUMBER
        return value if sound and not lost else refused(text)

    try:
        return json.loads(
            text,
            object_pairs_hook=once,
            parse_int=integer,
            parse_float=real,
            parse_constant=refused,
        )
    except json.JSONDecodeError as error:
        near = text[max(0, error.pos - 10) : error.pos + 20]
        wrong = finding("json_form", file=file, row=error.lineno, found=near, what=error.msg)
        raise DataError([wrong]) from None


def depth(text: str) -> int:
    """How deeply objects and lists are nested, without parsing; brackets in texts do not count."""
    deepest = level = 0
    for mark in TEXT_OR_BRACKET.findall(text):
        if mark in "[{":
            level += 1
            deepest = max(deepest, level)
        elif mark in "]}":
            level -= 1
    return deepest


def kind(value: object) -> str:
    """A value as JSON writes it, for a message; an object or list without its contents."""
    if isinstance(value, (dict, list)):
        return "{...}" if isinstance(value, dict) else "[...]"
    return json.dumps(value, ensure_ascii=False) if value is not _WRONG else ""


def _fields(content: dict, file: str, findings: Findings) -> None:
    """Unknown and missing fields, the schema, the name."""
    for name in content:
        if name not in FIELDS:
            listed, near = ", ".join(FIELDS), hint(name, FIELDS)
            findings.add(
                "field_unknown", file=file, key=name, found=name, names=listed, nearest=near
            )
    if "levers" not in content:
        names = ", ".join(content)
        findings.add("field_missing", file=file, found=names, name='"levers": {"lever": level}')
    schema = content.get("schema", SCHEMA)
    if schema is not _WRONG and (type(schema) is not int or schema != SCHEMA):
        findings.add("json_schema", file=file, key="schema", found=kind(schema), name=SCHEMA)
    name = content.get("name", "")
    if not isinstance(name, str):
        findings.add("field_text", file=file, key="name", found=kind(name), limit=MAX_NAME)
    elif len(name) > MAX_NAME:
        findings.add("cell_long", file=file, key="name", found=name, limit=MAX_NAME)
    elif problem := text_problem(name, label=True):
        findings.add(problem, file=file, key="name", found=name)


def _levels(value: object, levers: Mapping[str, Lever], file: str, findings: Findings) -> dict:
    """Lever -> level, of known levers and within their range; `findings` gets the others."""
    if not isinstance(value, dict):
        findings.add("field_levers", file=file, key="levers", found=kind(value))
        return {}
    levels = {}
    for name, level in value.items():
        place = {"file": file, "key": f"levers.{name}"}
        if name not in levers:
            findings.add("lever_unknown", **place, found=name, nearest=hint(name, levers))
        elif level is _WRONG:
            continue
        elif isinstance(level, bool) or not isinstance(level, (int, float)):
            findings.add("level_number", **place, found=kind(level))
        elif not levers[name].min <= level <= levers[name].max:
            lever = levers[name]
            limits = {"lower": f"{lever.min:g}", "upper": f"{lever.max:g}", "what": lever.unit}
            findings.add("level_range", **place, found=f"{level:g}", **limits)
        else:
            levels[name] = float(level) + 0.0
    return levels


def _options(content: dict, file: str, findings: Findings) -> dict:
    """The options that the file names, each as `Options` allows it."""
    options = {}
    for name in DEFAULTS:
        value = content.get(name, _WRONG)
        if value is _WRONG:
            continue
        try:
            Options(**{name: value})
            options[name] = value
        except UsageError:
            findings.add(
                "field_value", file=file, key=name, found=kind(value), names=_allowed(name)
            )
    return options


def _allowed(option: str) -> str | tuple[str, str]:
    """What an option of a run may be, in words."""
    if option in CHOICES:
        return ", ".join(CHOICES[option].allowed)
    if option not in NUMBERS:
        return "true, false"
    low, high = NUMBERS[option].low, NUMBERS[option].high
    return f"a whole number from {low} to {high}", f"een geheel getal van {low} tot {high}"
