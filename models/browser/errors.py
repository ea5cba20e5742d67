"""The error for a formula that cannot be recorded, with the file and line of the formula."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from types import FrameType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class TracingError(AttributeError):
    """A formula uses an operation that cannot be recorded; at `line` of `file`."""

    def __init__(self, what: str, file: str, line: int):
        super().__init__(f"{file}:{line}: {what}")
        self.what, self.file, self.line = what, file, line


def fault(what: str) -> TracingError:
    """The error for the running formula: its line is the nearest one outside models/browser."""
    frame = formula_frame()
    return TracingError(what, named(frame.f_code.co_filename), frame.f_lineno)


def formula_frame() -> FrameType:
    """The frame of the running formula: the nearest one outside models/browser and NumPy."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_inner(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def named(file: str) -> str:
    """The path of a file from the root of the project."""
    path = Path(file)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@lru_cache(maxsize=256)
def _is_inner(file: str) -> bool:
    path = Path(file)
    if path == HERE / "outputs.py":  # its sums count as formulas
        return False
    return HERE in path.parents or "numpy" in path.parts or path.name.startswith("<")
