"""Run a bundle again, offline, and list every difference with what it holds.

First every file is compared with its hash in the bundle. Then the scenario is run again, and each
file that a run writes is compared with the bundle's: versions, sources, environment, and each
number exactly. Numbers that differ in their last bits only are counted and reported as rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    contents,
    members,
    request_of,
    sums,
)
from models.bundles.crate import CRATE
from models.bundles.differences import Difference, compare_results, read_results, short
from models.bundles.provenance import sha256
from models.bundles.readme import README, plain, words
from models.engine.run import run
from models.errors import DataError, Finding, UsageError
from models.tables.folder import SOURCES
from models.version import VERSION

NAMED = 8  # files of the model that are named in one line


@dataclass(frozen=True)
class Verification:
    """The differences, none for a correct bundle; and how many files and numbers were compared."""

    differences: tuple[Difference | Finding, ...]
    files: int
    numbers: int
    run: Mapping[str, Any] = field(default_factory=dict)  # what was run again, and its outcome

    def message(self, lang: str = "en") -> str:
        """The line that is printed for a bundle without differences."""
        values = {"files": self.files, "numbers": self.numbers, "version": VERSION}
        same = words(lang)["differs"]["same"].format(**values)
        if not self.run:
            return same
        totals = self.run["headline"]
        means = [totals[f"{name}_total"]["mean"] for name in ("base_case", "incremental")]
        millions = [plain(round(mean / 1e6, 1), lang) for mean in means]
        return words(lang)["differs"]["of"].format(
            same=same, id=self.run["scenario_id"], total=millions[0], change=millions[1]
        )


def verify(data: bytes | str | Path, name: str | None = None) -> list[Difference | Finding]:
    """What differs between a bundle and its run on this machine; empty when it is the same.

    Each has `.message(lang)`. `DataError` when the file is no bundle or cannot safely be opened.
    """
    return list(check(data, name).differences)


def check(data: bytes | str | Path, name: str | None = None) -> Verification:
    """As `verify`, with the number of files and numbers that were compared."""
    file = name or (Path(data).name if isinstance(data, (str, Path)) else "bundle.zip")
    files = members(data, file)
    differences: list[Difference | Finding] = [*_against_list(files)]
    try:
        request = request_of(files)
        result = run(request.levels, assumptions=request.assumptions, **vars(request.options))
        expected = contents(result, _figures(files))
    except DataError as error:
        return Verification((*differences, *error.findings), len(files), 0)
    except UsageError as error:
        reason = str(error).splitlines()[0]
        return Verification(
            (*differences, Difference("not_run", SCENARIO, now=reason)), len(files), 0
        )
    named = {difference.file for difference in differences}
    needed = {*expected} - {CRATE}  # bundles made before it was there hold all the same
    differences += [Difference("missing", path) for path in sorted(needed - {*files} - named)]
    differences += [Difference("extra", path) for path in sorted({*files} - {*expected} - named)]
    manifest = read_results(files.get(MANIFEST, b""), MANIFEST)
    expected_manifest = read_results(expected[MANIFEST], MANIFEST)
    same = (
        isinstance(manifest, dict)
        and manifest.get("environment") == expected_manifest["environment"]
    )
    numbers, compared = [], 0
    for path in (RESULTS, TABLE):
        if path in files:
            differing, seen = compare_results(path, files[path], expected[path], same)
            numbers, compared = [*numbers, *differing], compared + seen
    if isinstance(manifest, dict):
        differences += _made_with(manifest, expected_manifest, _outcome(numbers, compared))
    elif MANIFEST in files:
        differences.append(Difference("unreadable", MANIFEST, now="JSON"))
    inputs = {path for path in expected if path == SCENARIO or path.startswith(TABLES)}
    inputs.discard(TABLES + SOURCES)  # sources may have been added to the model since
    texts = [
        Difference("text" if path in (*README.values(), CRATE) else "form", path)
        for path in (*README.values(), CRATE, *sorted(inputs))
        if path in files and path not in named and files[path] != expected[path]
    ]
    names = ("scenario_id", "assumptions_hash", "levels", "headline")
    facts = {name: getattr(result, name) for name in names}
    return Verification((*differences, *numbers, *texts), len(files), compared, facts)


def _against_list(files: Mapping[str, bytes]) -> list[Difference]:
    """Every file against the list of hashes."""
    if SUMS not in files:
        return [Difference("missing", SUMS)]
    listed = sums(files[SUMS])
    lines = files[SUMS].decode("utf-8", "replace").splitlines()
    named = [next(iter(sums(line.encode())), "") for line in lines[:MAX_SUMS]]
    differences = [
        Difference("list", SUMS, now=number)
        for number, name in enumerate(named, start=1)
        if not name or name in named[: number - 1]
    ]
    if len(lines) > MAX_SUMS:
        differences.append(Difference("list", SUMS, now=MAX_SUMS + 1))
    for name, digest in listed.items():
        if name not in files:
            differences.append(Difference("missing", name))
        elif (now := sha256(files[name])) != digest:
            differences.append(Difference("tampered", name, was=digest[:12], now=now[:12]))
    unlisted = sorted(set(files) - set(listed) - {SUMS})
    return differences + [Difference("unlisted", name) for name in unlisted]


def _figures(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures in the bundle, which a run does not make again."""
    figures = {
        name.removeprefix(FIGURES): data for name, data in files.items() if name.startswith(FIGURES)
    }
    return {name: data for name, data in figures.items() if FIGURE.fullmatch(name)}


def _made_with(manifest: dict, expected: dict, numbers: tuple[str, str]) -> list[Difference]:
    """Version, sources, environment and hashes of the manifest against those of here."""
    file, values = MANIFEST, {"numbers": numbers}
    differences = []
    for key in sorted({*manifest, *expected} - {"environment", "source", "source_hash"}):
        was, now = short(manifest.get(key)), short(expected.get(key))
        if manifest.get(key) != expected.get(key):
            code = {"model_version": "version", "published_hash": "published"}.get(key, "value")
            differences.append(Difference(code, file, key, was, now, values))
    was, now = (_table(side, "environment") for side in (manifest, expected))
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            pair = short(was.get(key)), short(now.get(key))
            differences.append(Difference("environment", file, f"environment.{key}", *pair, values))
    was, now = (_table(side, "source") for side in (manifest, expected))
    kinds = {
        "source": [key for key in was if key in now and was[key] != now[key]],
        "source_gone": [key for key in was if key not in now],
        "source_new": [key for key in now if key not in was],
    }
    for code, paths in kinds.items():
        if paths:
            more = f", ... ({len(paths)})" if len(paths) > NAMED else ""
            listed = ", ".join(sorted(paths)[:NAMED]) + more
            differences.append(Difference(code, file, "source", was=listed, values=values))
    if not any(kinds.values()) and manifest.get("source_hash") != expected["source_hash"]:
        pair = short(manifest.get("source_hash")), short(expected["source_hash"])
        differences.append(Difference("value", file, "source_hash", *pair))
    return differences


def _table(manifest: dict, name: str) -> dict:
    part = manifest.get(name)
    return part if isinstance(part, dict) else {}


def _outcome(numbers: list[Difference], compared: int) -> tuple[str, str]:
    """A sentence in English and in Dutch: whether the numbers are the same nevertheless."""
    codes = {number.code for number in numbers} - {"form"}
    code = "numbers_differ" if codes else "numbers_same" if compared else "numbers_unknown"
    if codes and codes <= {"rounding", "rounding_here"}:
        code = "numbers_round"
    english, dutch = (words(lang)["differs"][code].format(n=compared) for lang in ("en", "nl"))
    return english, dutch
