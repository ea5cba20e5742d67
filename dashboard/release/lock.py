"""The locked requirements of the programme, each with its licence as its own metadata says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from dashboard.paths import PACKAGE
from models.errors import UsageError

ROOT = PACKAGE.parent  # of a checkout
LOCK = ROOT / "requirements.txt"
OURS = "rugpijn (pyproject.toml)"  # who needs what we name ourselves
UNKNOWN = "unknown"
BLOCK = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<when>[^\\\n]+?))?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n(?P<via>(?:    #.*\n?)*)",
    re.M,
)
# what packages write that is no SPDX name -> the SPDX name
SPDX = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# licences under which the programme may be passed on with its requirements
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU"),
    *("MPL-2.0", "PSF-2.0", "Zlib"),
}


@dataclass(frozen=True)
class Requirement:
    """A distribution of the lock: its SHA-256 hashes, who needs it, and its SPDX licence."""

    name: str
    version: str
    when: str  # on which machines; empty: on all
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    licence: str

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def requirements(lock: Path = LOCK) -> list[Requirement]:
    """Every distribution that the programme needs; UsageError outside a checkout."""
    try:
        text = lock.read_text(encoding="utf-8")
    except OSError as error:
        why = error.strerror or error
        raise UsageError(
            f"{lock.name} cannot be read ({why}): run this in a checkout of the project"
        ) from None
    return [
        Requirement(
            block["name"],
            block["version"],
            block["when"] or "",
            tuple(re.findall(r"[0-9a-f]{64}", block["hashes"])),
            tuple(
                re.findall(r"#\s+(?:via )?([A-Za-z0-9][^\n]*)", block["via"].replace("via\n", "\n"))
            ),
            licence(block["name"]),
        )
        for block in BLOCK.finditer(text)
    ]


def licence(name: str) -> str:
    """SPDX expression of an installed distribution; `unknown` where none is stated or installed."""
    try:
        about = metadata(name)
    except PackageNotFoundError:  # of another system
        return UNKNOWN
    if about["License-Expression"]:
        return about["License-Expression"]
    stated = (about["License"] or "").strip()
    listed = [
        line.rpartition("::")[2].strip()
        for line in about.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    for words in (stated, *listed):
        if words in ALLOWED or words in SPDX:
            return SPDX.get(words, words)
    return UNKNOWN


def names_of(expression: str) -> set[str]:
    """The licences that an SPDX expression names."""
    return set(re.findall(r"[A-Za-z0-9][A-Za-z0-9.+-]*", expression)) - {"AND", "OR", "WITH"}
