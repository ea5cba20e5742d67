"""What can go wrong when formulas are recorded: said with the file and the line."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from types import FrameType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class TracingError(AttributeError):
    """A formula does what a recording cannot follow; `file` and `line` say where."""

    def __init__(self, what: str, file: str, line: int):
        super().__init__(f"{file}:{line}: {what}")
        self.what, self.file, self.line = what, file, line


def fault(what: str) -> TracingError:
    """The error at the formula that is being run: the nearest line outside this folder."""
    frame = formula_frame()
    return TracingError(what, named(frame.f_code.co_filename), frame.f_lineno)


def formula_frame() -> FrameType:
    """The frame of the formula that is being run: the nearest outside this folder and NumPy."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_inner(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def named(file: str) -> str:
    """A file as the project names it."""
    path = Path(file)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@lru_cache(maxsize=256)
def _is_inner(file: str) -> bool:
    path = Path(file)
    if path == HERE / "outputs.py":  # adds up what the formulas give
        return False
    return HERE in path.parents or "numpy" in path.parts or path.name.startswith("<")
