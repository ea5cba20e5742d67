"""What can go wrong when formulas are recorded: said with the file and the line."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class TracingError(AttributeError):
    """A formula does what a recording cannot follow; `file` and `line` say where."""

    def __init__(self, what: str, file: str, line: int):
        super().__init__(f"{file}:{line}: {what}")
        self.what, self.file, self.line = what, file, line


def fault(what: str) -> TracingError:
    """The error at the formula that is being run: the nearest line outside this folder."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_inner(Path(frame.f_code.co_filename)):
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return TracingError(what, name, frame.f_lineno)


def _is_inner(path: Path) -> bool:
    return HERE in path.parents or "numpy" in path.parts or path.name.startswith("<")
