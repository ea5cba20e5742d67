"""The draws as tables, so that another tool (voi or BCEA in R) can ask its own questions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd

from models.analysis.choice.options import choices, uncertain
from models.engine.result import Result
from models.errors import UsageError, shown
from models.tables.csv_writer import frame_text


@dataclass(frozen=True)
class Sample:
    """The draws as frames: a row a draw, `draw` first, then a column a parameter or option.

    `parameters`: every assumption that is drawn, in its own unit. `costs`: EUR a year to society,
    in force. `effects`: QALYs a year, below 0 because they are lost; the difference between two
    options is what one gains. Options are those of the value of information.
    """

    parameters: pd.DataFrame
    costs: pd.DataFrame
    effects: pd.DataFrame


FILES = tuple(field.name for field in fields(Sample))


def sample(result: Result) -> Sample:
    """The draws of a run, for other tools."""
    among = choices(result)
    columns = {
        "parameters": uncertain(result),
        "costs": dict(zip(among.levels, among.cost, strict=True)),
        "effects": dict(zip(among.levels, among.health, strict=True)),
    }
    draw = np.arange(1, result.options.draws + 1)
    return Sample(**{name: pd.DataFrame({"draw": draw, **columns[name]}) for name in FILES})


def write_sample(result: Result, folder: str | Path) -> list[Path]:
    """Write the frames of `sample` as CSV into a folder, which is made when it is not there.

    Numbers are written in full, so that what is read back is the same to the bit.
    """
    folder = Path(folder)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        frames = sample(result)
        for name in FILES:
            path = folder / f"{name}.csv"
            path.write_text(frame_text(getattr(frames, name)), encoding="utf-8", newline="")
            written.append(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"--out {shown(folder)}: cannot be written ({why})") from None
    return written
