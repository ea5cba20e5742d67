"""The tree of a figure: its steps down to parameters, levers and constants, as frozen records.

Every part has a number, `step`, and a `kind`, which names its class in the JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from models.engine.options import Options
from models.engine.record import INLINE, Quantity, Record


@dataclass(frozen=True)
class Formula(Record):
    """A statement of a formula, in `words` and in `code`; `of` has the numbers of its operands.

    `about` is the first line of the function's docstring; mean and 95% interval are over draws.
    """

    step: int
    kind: str = field(default="step", init=False)
    name: str
    function: str
    about: str
    file: str
    line: int
    code: str
    words: str
    mean: float
    p2_5: float
    p97_5: float
    of: tuple[int, ...]


@dataclass(frozen=True)
class ParameterLeaf(Record):
    """An assumption: its row, and mean and 95% interval of its draws, in `unit`.

    Where a reader changed the number, `provenance` and `source` are `reader`, `quality` is
    `unjudged` and `source_detail` is the reader's reason.
    """

    step: int
    kind: str = field(default="parameter", init=False)
    name: str
    label_en: str
    label_nl: str
    base: float
    low: float
    high: float
    unit: str
    distribution: str
    price_year: int | None
    mean: float
    p2_5: float
    p97_5: float
    provenance: str
    quality: str
    source: str
    source_detail: str
    note: str


@dataclass(frozen=True)
class LeverLeaf(Record):
    """The level of a lever, and today's, in `unit`."""

    step: int
    kind: str = field(default="lever", init=False)
    name: str
    value: float
    today: float
    unit: str
    label_en: str
    label_nl: str


@dataclass(frozen=True)
class ConstantLeaf(Record):
    """A number or column that is neither parameter nor lever."""

    step: int
    kind: str = field(default="constant", init=False)
    name: str
    mean: float
    p2_5: float
    p97_5: float


@dataclass(frozen=True)
class CalibratedLeaf(Record):
    """The calibration factor, solved in every draw to meet `anchor`; its formula is not shown."""

    step: int
    kind: str = field(default="calibrated", init=False)
    name: str
    mean: float
    p2_5: float
    p97_5: float
    anchor: str


Part = Formula | ParameterLeaf | LeverLeaf | ConstantLeaf | CalibratedLeaf


@dataclass(frozen=True)
class Trace(Record):
    """The tree of a figure in `unit`: `steps` by number, of which `top` is the figure itself.

    `sources` are the rows of sources.csv that the parameters in the tree name.
    """

    schema: int
    output: str
    unit: str
    today: Quantity
    scenario: Quantity
    incremental: Quantity
    model_version: str
    assumptions_hash: str
    scenario_id: str
    levers: Mapping[str, float]
    options: Annotated[Options, INLINE]
    top: int
    steps: tuple[Part, ...]
    sources: Mapping[str, Mapping[str, str]]
