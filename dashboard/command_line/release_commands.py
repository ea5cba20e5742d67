"""Commands for who publishes a version: `release`, `sbom` and `licences`; in a checkout only."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pandas as pd

from dashboard.documents.site import site
from dashboard.release.checks import lost_addresses, problems
from dashboard.release.lock import ROOT, Requirement, requirements
from dashboard.release.sbom import sbom
from models.bundles.provenance import sha256
from models.errors import UsageError, shown
from models.tables.csv_writer import frame_text

SBOM, LICENCES, SUMS, SITE = "sbom.cdx.json", "licences.csv", "SHA256SUMS", "site"


def sbom_(args: Namespace) -> str:
    """The bill of materials, CycloneDX."""
    return sbom(requirements())


def licences_(args: Namespace) -> str:
    """A row a requirement."""
    return _licences(requirements())


def _licences(rows: list[Requirement]) -> str:
    columns = {
        "name": [row.name for row in rows],
        "version": [row.version for row in rows],
        "licence": [row.licence for row in rows],
        "needed_by": [" + ".join(row.needed_by) for row in rows],
    }
    return frame_text(pd.DataFrame(columns)).rstrip("\n")


def release(args: Namespace) -> str:
    """Check; then wheel, site, bill of materials and licences in a folder, with their hashes."""
    rows = requirements()
    wrong = problems(rows)
    if wrong:
        raise UsageError("\n".join(wrong))
    if getattr(args, "check", False):
        return "in order"
    if not hasattr(args, "folder"):
        raise UsageError("release writes files: name a new folder with --out DIR, or say --check")
    folder = Path(args.folder)
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"--out {shown(folder)}: is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.resolve())]
    made = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        raise UsageError(f"the wheel was not built: {made.stderr.strip().splitlines()[-1]}")
    (folder / SBOM).write_text(sbom(rows) + "\n", encoding="utf-8")
    (folder / LICENCES).write_text(_licences(rows) + "\n", encoding="utf-8")
    site(Namespace(**{**vars(args), "folder": str(folder / SITE)}))
    lost = lost_addresses(folder / SITE)
    if lost:
        raise UsageError("\n".join(lost))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256(path.read_bytes())}  {path.relative_to(folder).as_posix()}" for path in files]
    (folder / SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8")
    return "\n".join(str(path) for path in sorted(folder.iterdir()))


COMMANDS = {"release": release, "sbom": sbom_, "licences": licences_}
