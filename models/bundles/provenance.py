"""Provenance of a number: hashes of the program's files and versions of its libraries."""

from __future__ import annotations

import hashlib
import platform
import zlib
from functools import lru_cache

import numpy as np
import pandas as pd
import scipy

from models.paths import DATA, PACKAGE, project_path
from models.tables.catalogue_columns import TABLES

# the words of a bundle
TEXTS = tuple(f"text/{lang}/{name}.toml" for lang in ("en", "nl") for name in ("bundle", "units"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def environment() -> dict[str, str]:
    """Versions that may move the last bits of a number, or the bytes of a zip.

    Of the machine only the operating system and the kind of processor, without name, release or
    date, so that two machines of the same kind make the same bytes.
    """
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scipy": scipy.__version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "system": f"{platform.system()} {platform.machine()}",
    }


@lru_cache(maxsize=1)
def source_files() -> dict[str, str]:
    """File of the model -> SHA-256, cached at the first call; CRLF and LF give the same hash."""
    paths = sorted(PACKAGE.rglob("*.py"))
    paths += sorted((PACKAGE / "messages").glob("*.toml"))
    paths += [DATA / f"{name}.csv" for name in TABLES]
    paths += [DATA / name for name in TEXTS]
    return {
        project_path(path).as_posix(): sha256(path.read_bytes().replace(b"\r\n", b"\n"))
        for path in paths
        if path.is_file()
    }


def source_hash() -> str:
    """One hash of all files of the model."""
    lines = [f"{digest}  {name}\n" for name, digest in source_files().items()]
    return sha256("".join(lines).encode())
