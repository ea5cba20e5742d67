"""engine.json: what the engine was made with, and what its levers and figures are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.analysis.choice.rank import strongest
from models.analysis.signal import limits
from models.browser import outputs
from models.engine.output.document import SCHEMA
from models.engine.record import plain
from models.engine.result import Result
from models.engine.summary import SMALLEST
from models.tables.levers import Lever
from models.version import VERSION


def described(result: Result, parts: Mapping[str, Iterable[str]]) -> dict:
    """The contents of engine.json without its id and its columns; plain values only."""
    return {
        "schema": SCHEMA,
        "model_version": VERSION,
        "assumptions_hash": result.assumptions_hash,
        **vars(result.options),
        "price_year": result.price_year,
        "first_year": result.first_year,
        "levers": [of_lever(lever) for lever in result.levers.values()],
        "outputs": {
            part: [outputs.about(name, result.catalogue) for name in named]
            for part, named in parts.items()
        },
        "smallest": SMALLEST,
        "verdict": plain(limits(result)),
    }


def outline(result: Result, kinds: Iterable[str]) -> dict:
    """The part of `described` that needs no recording, for a page that waits for its engine."""
    years = [f"year.{year}.total" for year in range(1, result.options.years + 1)]
    named = outputs.in_force(result.base, result.model.assumptions, kinds)
    return described(result, {"inForce": named, "byYear": years})


def of_lever(lever: Lever) -> dict:
    """A lever as the browser shows it; shares are 0 to 1, `tried` is the range of the trials."""
    tried = None
    if lever.trial_low is not None and lever.trial_high is not None:
        tried = [lever.trial_low, lever.trial_high]
    return {
        "id": lever.id,
        "group": lever.group,
        "unit": lever.unit,
        "min": lever.min,
        "max": lever.max,
        "step": lever.step,
        "today": lever.today,
        "tried": tried,
        "strongest": strongest(lever)[0],
        "label_nl": lever.label_nl,
        "label_en": lever.label_en,
        "ramp_years": lever.ramp_years,
        "source": lever.source,
    }
