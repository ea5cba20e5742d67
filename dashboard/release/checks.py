"""What must be so before a version goes out; each problem is a sentence."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.release.lock import ALLOWED, ROOT, Requirement, names_of
from models.bundles.provenance import sha256
from models.version import VERSION

GOLDEN = "tests/verification/test_program.py"  # -k F2: results as they were last looked at
ADDRESSES = "docs/addresses.csv"


def problems(rows: Iterable[Requirement], root: Path = ROOT) -> list[str]:
    """Everything that stands in the way of version VERSION of the checkout in `root`."""
    return [
        *changelog((root / "CHANGELOG.md").read_text(encoding="utf-8")),
        *citation((root / "CITATION.cff").read_text(encoding="utf-8")),
        *maker((root / "data" / "maker.toml").read_text(encoding="utf-8")),
        *predictions(root / "data" / "predictions"),
        *licences(rows),
        *committed(root),
        *goldens(root),
    ]


def changelog(text: str) -> Iterator[str]:
    """The newest section bears the version and its day."""
    newest = re.search(r"^## (.+)$", text, re.M)
    if not newest or not re.fullmatch(rf"{re.escape(VERSION)} \(\d{{4}}-\d\d-\d\d\)", newest[1]):
        shown = newest[1] if newest else "none"
        yield f"CHANGELOG.md: newest section is {shown!r}; name it '{VERSION} (YYYY-MM-DD)'"


def citation(text: str) -> Iterator[str]:
    """Version, day and address stand in CITATION.cff."""
    fields = dict(re.findall(r'^([a-z-]+): "?([^"\n]+?)"?$', text, re.M))
    if fields.get("version") != VERSION:
        yield f"CITATION.cff: version is {fields.get('version')!r}; write {VERSION!r}"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", fields.get("date-released", "")):
        yield "CITATION.cff: date-released is missing; write the day, YYYY-MM-DD"
    if not fields.get("repository-code", "").startswith("https://"):
        yield "CITATION.cff: repository-code is missing; write where the project stands, https://..."


def maker(text: str) -> Iterator[str]:
    """Somebody answers for it."""
    stated = tomllib.loads(text)["maker"]
    for name in ("name", "contact", "published"):
        if not stated.get(name):
            yield f"data/maker.toml: {name} is empty; only a person can fill it in"


def predictions(folder: Path) -> Iterator[str]:
    """The version has its predictions on record, and none was changed since."""
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    listed = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", sums, re.M)}
    if f"{VERSION}.csv" not in listed:
        yield f"data/predictions: {VERSION}.csv is not on record; run `predictions`"
    for name, digest in listed.items():
        if not (folder / name).is_file() or sha256((folder / name).read_bytes()) != digest:
            yield f"data/predictions/{name}: is missing or was changed; put the recorded one back"


def licences(rows: Iterable[Requirement]) -> Iterator[str]:
    """Every requirement may be passed on together with the programme."""
    for row in rows:
        wrong = sorted(names_of(row.licence) - ALLOWED)
        if wrong:
            yield f"{row.name} {row.version}: licence {', '.join(wrong)} was not looked at"


def committed(root: Path) -> Iterator[str]:
    """What is built is what stands in the history."""
    asked = ["git", "-C", str(root), "status", "--porcelain"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if answer.returncode or answer.stdout.strip():
        why = "files are not committed" if not answer.returncode else "git does not answer"
        yield f"{why}: {(answer.stdout or answer.stderr).strip().splitlines()[0]}"


def goldens(root: Path) -> Iterator[str]:
    """The figures are those that were signed."""
    asked = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-k", "F2_", GOLDEN]
    answer = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode:
        last = (answer.stdout.strip().splitlines() or [answer.stderr.strip()])[-1]
        yield f"{GOLDEN}: figures differ from those signed ({last})"


def lost_addresses(site: Path, root: Path = ROOT) -> list[str]:
    """Addresses given out before that a built site no longer has."""
    with (root / ADDRESSES).open(encoding="utf-8", newline="") as file:
        given = [row["address"] for row in csv.DictReader(file)]
    return [
        f"{ADDRESSES}: {address} was given out and is not in the site"
        for address in given
        if not (site / address / "index.html" if address.endswith("/") else site / address).exists()
    ]
