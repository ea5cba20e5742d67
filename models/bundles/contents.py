"""Run bundle: scenario, assumptions, results and software versions of a run in one zip.

In the same environment the same run gives the same bytes. So a bundle holds no date, and of the
machine only system and processor. `models/bundles/verify.py` runs a bundle again and compares.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from models.bundles.crate import CRATE, crate
from models.bundles.provenance import environment, sha256, source_files, source_hash
from models.bundles.readme import LANGUAGES, README, readme
from models.bundles.zip_file import read_zip, write_zip
from models.engine.options import Options
from models.engine.result import Result
from models.engine.run import catalogue_of
from models.engine.scenario_file import read_scenario, write_scenario
from models.errors import DataError, Findings, UsageError, finding
from models.tables.assumptions import Assumptions
from models.tables.csv_writer import frame_text
from models.tables.folder import BESIDE, SOURCES
from models.version import VERSION

KIND = "wat-kost-rugpijn run"
SCHEMA = 1
SCENARIO, MANIFEST, SUMS = "scenario.json", "manifest.json", "SHA256SUMS"
RESULTS, TABLE = "results.json", "results.csv"
TABLES, FIGURES = "assumptions/", "figures/"
MAX_SUMS = 200
FIGURE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(svg|png|csv)")
_SUM = re.compile(r"([0-9a-f]{64})  (\S.{0,200})")


class BundleRequest(NamedTuple):
    """The input of a bundle's run: `run(levels, assumptions=assumptions, **vars(options))`."""

    assumptions: Assumptions
    levels: dict[str, float]
    options: Options


def bundle(result: Result, figures: Mapping[str, bytes] | None = None) -> bytes:
    """The run as the bytes of a zip; `figures` (file name -> picture) are added to it."""
    return write_zip(contents(result, figures))


def contents(result: Result, figures: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of a bundle: path in the zip -> bytes."""
    figures = dict(figures or {})
    wrong = [name for name in figures if not FIGURE.fullmatch(name)]
    if wrong:
        raise UsageError(f"figure {wrong[0]!r}: name it such as today.svg, .png or .csv")
    table = frame_text(result.table)
    files = {
        SCENARIO: write_scenario(result.levels, result.options, every=True).encode(),
        MANIFEST: _json(manifest(result)),
        RESULTS: result.to_json().encode() + b"\n",
        TABLE: table.encode(),
    }
    files |= {README[lang]: readme(result, lang, bool(figures)) for lang in LANGUAGES}
    for name, data in result.model.assumptions.to_tables().items():
        files[TABLES + name] = data
    files |= {FIGURES + name: data for name, data in figures.items()}
    files[CRATE] = crate(result, files)
    sums = [f"{sha256(files[name])}  {name}\n" for name in sorted(files)]
    return files | {SUMS: "".join(sums).encode()}


def manifest(result: Result) -> dict:
    """Versions, hashes and environment that the run was made with."""
    return {
        "schema": SCHEMA,
        "kind": KIND,
        "model_version": VERSION,
        "scenario_id": result.scenario_id,
        "assumptions_hash": result.assumptions_hash,
        "published_hash": Assumptions.default().hash,
        "environment": environment(),
        "source_hash": source_hash(),
        "source": source_files(),
    }


def open_bundle(data: bytes | str | Path, name: str | None = None) -> BundleRequest:
    """The input of the run in a bundle, to restore it on a page; `DataError` if a file changed.

    Assumptions are checked against the published ones, like any upload.
    """
    file = name or (Path(data).name if isinstance(data, (str, Path)) else "bundle.zip")
    files = members(data, file)
    findings = Findings()
    listed = sums(files.get(SUMS, b""))
    for member in sorted({SCENARIO, MANIFEST, SUMS, *listed} - set(files)):
        findings.add("bundle_missing", file=file, key=member, found="")
    for member, content in files.items():
        if member == SUMS or sha256(content) == listed.get(member):
            continue
        code = "bundle_changed" if member in listed else "bundle_extra"
        findings.add(code, file=file, key=member, found=sha256(content)[:12])
    findings.check()
    return request_of(files)


def request_of(files: Mapping[str, bytes]) -> BundleRequest:
    """Assumptions, levels and options from the files of a bundle; `DataError` when wrong."""
    tables = {n: data for n, data in files.items() if n.startswith(TABLES) and n.endswith(".csv")}
    sources = tables.pop(TABLES + SOURCES, None)
    if not tables:
        raise DataError([finding("bundle_missing", key=TABLES, found="")])
    used = Assumptions.from_tables(
        list(tables.items()),
        Assumptions.default(),
        None if sources is None else (TABLES + SOURCES, sources),
    )
    file = read_scenario(files.get(SCENARIO, b""), catalogue_of(used), SCENARIO)
    return BundleRequest(used, dict(file.levels), Options(**file.options))


def open_folder(data: bytes | str | Path, name: str | None = None) -> Assumptions:
    """The assumptions in a zip of tables, or in a bundle; tables that it lacks are as published.

    Checked as strictly as by `Assumptions.from_folder`: DataError with everything that is wrong.
    Tables are read from the folder and its subfolder `assumptions/`, as in `data/`; other
    subfolders are ignored.
    """
    file = name or (Path(data).name if isinstance(data, (str, Path)) else "folder.zip")
    files = read_zip(data, file)
    if any(path.split("/")[-1] == MANIFEST for path in files):
        return open_bundle(data, file).assumptions
    while len(tops := {path.partition("/")[0] for path in files}) == 1 and tops != {TABLES[:-1]}:
        if any("/" not in path for path in files):
            break
        files = {path.partition("/")[2]: content for path, content in files.items()}
    read = {n: data for n, data in files.items() if n.count("/") == n.startswith(TABLES)}
    findings = Findings()
    for path in read:
        named = path.rpartition("/")[2]
        stem, suffix = Path(named).stem.upper(), Path(named).suffix.lower()
        if suffix not in (".csv", *BESIDE) and stem not in ("README", "LICENSE"):
            findings.add("file_unexpected", file=file, found=path)
    tables = [(n, data) for n, data in read.items() if n.lower().endswith(".csv")]
    if not tables:
        deep = next((path for path in files if path.lower().endswith(".csv")), None)
        findings.add("file_deep" if deep else "folder_empty", file=file, found=deep or "0 .csv")
    findings.check()
    return Assumptions.from_tables(tables, Assumptions.default(), stays="tables")


def members(data: bytes | str | Path, file: str) -> dict[str, bytes]:
    """Path -> bytes of a bundle's files; a folder around them all is removed from the paths."""
    files = read_zip(data, file)
    tops = {name.split("/")[0] for name in files}
    if MANIFEST not in files and SUMS not in files and len(tops) == 1:
        files = {name.partition("/")[2]: content for name, content in files.items()}
    if MANIFEST not in files and SUMS not in files:
        names = ", ".join(sorted(files)[:5])
        raise DataError([finding("bundle_form", file=file, found=names)])
    return {name: content for name, content in files.items() if name}


def sums(data: bytes) -> dict[str, str]:
    """File name -> SHA-256 from the list of hashes; lines in another form are skipped."""
    lines = data.decode("utf-8", "replace").splitlines()[:MAX_SUMS]
    matches = (_SUM.fullmatch(line) for line in lines)
    return {match[2]: match[1] for match in matches if match}


def _json(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
