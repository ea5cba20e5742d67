"""The draws as tables, so that another tool (voi, BCEA or SAVI) can ask its own questions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd

from models.analysis.choice import decision
from models.analysis.choice.options import choices, reference_value, uncertain
from models.engine.output.document import SCHEMA
from models.engine.record import to_json
from models.engine.result import SOCIETY, Result
from models.errors import UsageError, shown
from models.tables.csv_writer import frame_text
from models.version import VERSION

LAYOUTS = ("draws", "savi")  # with the number of the draw first, or options and parameters only


@dataclass(frozen=True)
class Sample:
    """The draws as frames: a row a draw, `draw` first, then a column a parameter or option.

    `parameters`: every assumption that is drawn, in its own unit. `costs`: EUR a year in force,
    a level for society and the change against today for another perspective. `effects`: QALYs a
    year, below 0 because they are lost; the difference between two options is what one gains.
    Options are those of the value of information. Units stand in `attrs`.
    """

    parameters: pd.DataFrame
    costs: pd.DataFrame
    effects: pd.DataFrame


FILES = tuple(field.name for field in fields(Sample))


def sample(result: Result, perspective: str = SOCIETY, layout: str = LAYOUTS[0]) -> Sample:
    """The draws of a run, for other tools; `savi` leaves the number of the draw out.

    SAVI, BCEA and voi read every column of costs and effects as an option.
    """
    if layout not in LAYOUTS:
        raise UsageError(f"layout {layout!r} is unknown; allowed: {', '.join(LAYOUTS)}")
    among, used = choices(result), result.model.assumptions
    names, spent, _ = decision.draws(result, perspective)
    columns = {
        "parameters": uncertain(result),
        "costs": dict(zip(names, among.cost if perspective == SOCIETY else spent, strict=True)),
        "effects": dict(zip(among.levels, among.health, strict=True)),
    }
    number = {"draw": np.arange(1, result.options.draws + 1)} if layout == LAYOUTS[0] else {}
    frames = {name: pd.DataFrame({**number, **columns[name]}) for name in FILES}
    units = {
        "parameters": {name: used[name].unit for name in columns["parameters"]},
        "costs": dict.fromkeys(names, "EUR/year"),
        "effects": dict.fromkeys(names, "QALY/year"),
    }
    for name, frame in frames.items():
        result.described(frame)
        frame.attrs["units"] = units[name]
    return Sample(**frames)


def manifest(result: Result, frames: Sample, perspective: str) -> dict:
    """What goes with the tables: units, options with their levels, and how they were made."""
    return {
        "schema": SCHEMA,
        "model_version": VERSION,
        "scenario_id": result.scenario_id,
        "assumptions_hash": result.assumptions_hash,
        **vars(result.options),
        "price_year": result.price_year,
        "perspective": perspective,
        "costs_are": "levels" if perspective == SOCIETY else "changes against today",
        "effects_are": "QALYs lost, below 0; the difference of two options is what one gains",
        "reference_value": reference_value(result),
        "options": choices(result).levels,
        "units": {name: getattr(frames, name).attrs["units"] for name in FILES},
        "command": result.command,
    }


def write_sample(
    result: Result, folder: str | Path, perspective: str = SOCIETY, layout: str = LAYOUTS[0]
) -> list[Path]:
    """Write the frames of `sample` as CSV, and `manifest.json`, into a folder, which is made.

    Numbers are written in full, so that what is read back is the same to the bit.
    """
    folder = Path(folder)
    frames = sample(result, perspective, layout)
    texts = {f"{name}.csv": frame_text(getattr(frames, name)) for name in FILES}
    texts["manifest.json"] = to_json(manifest(result, frames, perspective)) + "\n"
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            path.write_text(text, encoding="utf-8", newline="")
            written.append(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"--out {shown(folder)}: cannot be written ({why})") from None
    return written
