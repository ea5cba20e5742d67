"""Arrays kept between runs in a folder on disk, named by everything that they depend on.

The file name holds a hash of the inputs, the formulas and the library versions, so a file made with
others is never read. Where the folder cannot be written, arrays are calculated each time. The
environment variable `RUGPIJN_CACHE` names another folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import scipy

MOST = 16  # files kept; the oldest are removed first
ROOM = Path(__file__).parent
CODE = (ROOM / "engine" / "calibration.py", ROOM / "formulas")  # code whose changes void the files


def folder() -> Path:
    """Where the arrays are kept."""
    named = os.environ.get("RUGPIJN_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "rugpijn"


def remembered(kind: str, depends_on: str, make: Callable[[], np.ndarray]) -> np.ndarray:
    """The array that `make` returns, read from disk where it was stored before; read-only.

    `kind` begins the file name; `depends_on` is a text of everything that the array depends on
    besides the code and the libraries.
    """
    content = f"{_code()}\n{depends_on}"
    digest = hashlib.sha256(content.encode()).hexdigest()
    values = _read(kind, digest)
    if values is None:
        values = make()
        _write(kind, digest, values)
    values.flags.writeable = False
    return values


@cache
def _code() -> str:
    """A hash of the formulas and the versions of the libraries that compute them."""
    digest = hashlib.sha256(f"{np.__version__} {scipy.__version__}".encode())
    for folder in CODE:
        for file in sorted(folder.glob("*.py")) if folder.is_dir() else [folder]:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _path(kind: str, digest: str) -> Path:
    return folder() / f"{kind}-{digest[:32]}.npz"


def _read(kind: str, digest: str) -> np.ndarray | None:
    """The stored array; None where there is no file, or where it is damaged or incomplete."""
    try:
        with np.load(_path(kind, digest), allow_pickle=False) as file:
            return file["values"] if str(file["digest"]) == digest else None
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None


def _write(kind: str, digest: str, values: np.ndarray) -> None:
    """Store an array: written under another name, then renamed, so no reader sees half a file."""
    with suppress(OSError, RuntimeError):
        target = _path(kind, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{kind}-", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(stream, values=values, digest=np.array(digest))
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
        _prune(kind, target.parent)


def _prune(kind: str, where: Path) -> None:
    """Remove the files that were written longest ago."""
    files = sorted(where.glob(f"{kind}-*.npz"), key=lambda file: file.stat().st_mtime)
    for file in files[:-MOST]:
        file.unlink(missing_ok=True)
