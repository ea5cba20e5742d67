"""Run a bundle again, offline, and say what differs from what it holds: nothing, or exactly what.

Every file is compared with its hash; then what was asked is run again, and every file that a run
makes is compared with the bundle's: versions, sources, environment, each number exactly. Numbers
that differ in their last bits only are counted and said to be so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.bundles.contents import (
    FIGURE,
    FIGURES,
    MANIFEST,
    MAX_SUMS,
    RESULTS,
    SCENARIO,
    SUMS,
    TABLE,
    TABLES,
    asked,
    contents,
    members,
    sums,
)
from models.bundles.differences import Difference, compare_results, read_results, short
from models.bundles.provenance import sha256
from models.bundles.readme import README, words
from models.engine.run import run
from models.errors import DataError, Finding, UsageError
from models.tables.folder import SOURCES
from models.version import VERSION

NAMED = 8  # files of the model that are named in one line


@dataclass(frozen=True)
class Checked:
    """What was compared, and every difference found; none when the bundle holds."""

    differences: tuple[Difference | Finding, ...]
    files: int
    numbers: int

    def message(self, lang: str = "en") -> str:
        """The one line of a bundle that holds."""
        values = {"files": self.files, "numbers": self.numbers, "version": VERSION}
        return words(lang)["differs"]["same"].format(**values)


def verify(data: bytes | str | Path, name: str | None = None) -> list[Difference | Finding]:
    """What differs between a bundle and its run on this machine; empty when it is the same.

    Each has `.message(lang)`. `DataError` when the file is no bundle or cannot safely be opened.
    """
    return list(check(data, name).differences)


def check(data: bytes | str | Path, name: str | None = None) -> Checked:
    """The same, with how much was compared."""
    file = name or (Path(data).name if isinstance(data, (str, Path)) else "bundle.zip")
    files = members(data, file)
    found: list[Difference | Finding] = [*_against_list(files)]
    try:
        wanted = asked(files)
        result = run(wanted.levels, assumptions=wanted.assumptions, **vars(wanted.options))
        expected = contents(result, _figures(files))
    except DataError as error:
        return Checked((*found, *error.findings), len(files), 0)
    except UsageError as error:
        told = str(error).splitlines()[0]
        return Checked((*found, Difference("not_run", SCENARIO, now=told)), len(files), 0)
    named = {one.file for one in found}
    found += [Difference("missing", one) for one in sorted({*expected} - {*files} - named)]
    found += [Difference("extra", one) for one in sorted({*files} - {*expected} - named)]
    made = read_results(files.get(MANIFEST, b""), MANIFEST)
    here = read_results(expected[MANIFEST], MANIFEST)
    same = isinstance(made, dict) and made.get("environment") == here["environment"]
    numbers, compared = [], 0
    for one in (RESULTS, TABLE):
        if one in files:
            differing, seen = compare_results(one, files[one], expected[one], same)
            numbers, compared = [*numbers, *differing], compared + seen
    if isinstance(made, dict):
        found += _made_with(made, here, _outcome(numbers, compared))
    elif MANIFEST in files:
        found.append(Difference("unreadable", MANIFEST, now="JSON"))
    inputs = {one for one in expected if one == SCENARIO or one.startswith(TABLES)}
    inputs.discard(TABLES + SOURCES)  # the model may know more sources by now
    texts = [
        Difference("text" if one in README.values() else "form", one)
        for one in (*README.values(), *sorted(inputs))
        if one in files and one not in named and files[one] != expected[one]
    ]
    return Checked((*found, *numbers, *texts), len(files), compared)


def _against_list(files: Mapping[str, bytes]) -> list[Difference]:
    """Every file against the list of hashes."""
    if SUMS not in files:
        return [Difference("missing", SUMS)]
    listed = sums(files[SUMS])
    lines = files[SUMS].decode("utf-8", "replace").splitlines()
    named = [next(iter(sums(line.encode())), "") for line in lines[:MAX_SUMS]]
    found = [
        Difference("list", SUMS, now=number)
        for number, name in enumerate(named, start=1)
        if not name or name in named[: number - 1]
    ]
    if len(lines) > MAX_SUMS:
        found.append(Difference("list", SUMS, now=MAX_SUMS + 1))
    for name, digest in listed.items():
        if name not in files:
            found.append(Difference("missing", name))
        elif (now := sha256(files[name])) != digest:
            found.append(Difference("tampered", name, was=digest[:12], now=now[:12]))
    unlisted = sorted(set(files) - set(listed) - {SUMS})
    return found + [Difference("unlisted", name) for name in unlisted]


def _figures(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pictures as they are: no run makes them."""
    found = {
        name.removeprefix(FIGURES): data for name, data in files.items() if name.startswith(FIGURES)
    }
    return {name: data for name, data in found.items() if FIGURE.fullmatch(name)}


def _made_with(made: dict, here: dict, numbers: tuple[str, str]) -> list[Difference]:
    """Version, sources, environment and hashes of the manifest against those of here."""
    file, values = MANIFEST, {"numbers": numbers}
    found = []
    for key in sorted({*made, *here} - {"environment", "source", "source_hash"}):
        was, now = short(made.get(key)), short(here.get(key))
        if made.get(key) != here.get(key):
            code = {"model_version": "version", "published_hash": "published"}.get(key, "value")
            found.append(Difference(code, file, key, was, now, values))
    was, now = (_table(one, "environment") for one in (made, here))
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            pair = short(was.get(key)), short(now.get(key))
            found.append(Difference("environment", file, f"environment.{key}", *pair, values))
    was, now = (_table(one, "source") for one in (made, here))
    kinds = {
        "source": [key for key in was if key in now and was[key] != now[key]],
        "source_gone": [key for key in was if key not in now],
        "source_new": [key for key in now if key not in was],
    }
    for code, paths in kinds.items():
        if paths:
            more = f", ... ({len(paths)})" if len(paths) > NAMED else ""
            listed = ", ".join(sorted(paths)[:NAMED]) + more
            found.append(Difference(code, file, "source", was=listed, values=values))
    if not any(kinds.values()) and made.get("source_hash") != here["source_hash"]:
        pair = short(made.get("source_hash")), short(here["source_hash"])
        found.append(Difference("value", file, "source_hash", *pair))
    return found


def _table(manifest: dict, name: str) -> dict:
    part = manifest.get(name)
    return part if isinstance(part, dict) else {}


def _outcome(numbers: list[Difference], compared: int) -> tuple[str, str]:
    """In both languages whether the numbers came out the same all the same."""
    codes = {one.code for one in numbers} - {"form"}
    code = "numbers_differ" if codes else "numbers_same" if compared else "numbers_unknown"
    if codes and codes <= {"rounding", "rounding_here"}:
        code = "numbers_round"
    english, dutch = (words(lang)["differs"][code].format(n=compared) for lang in ("en", "nl"))
    return english, dutch
