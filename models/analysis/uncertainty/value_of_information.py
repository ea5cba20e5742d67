"""Value of information: what it is worth at most to know more before choosing.

The choice is between today, the named packages and the scenario; what counts is net benefit, money
saved plus reference value times QALYs gained, EUR a year in force, for all patients together.
How a worth is worked out stands in `worth`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from models.analysis.answer import Answer, about
from models.analysis.choice.options import POPULATION, Choices, choices, reference_value, uncertain
from models.analysis.uncertainty.regression import STUDY_PREFIX
from models.analysis.uncertainty.worth import Worth, evpi, evppi, evsi
from models.caching import cached
from models.engine.record import INLINE, Named, Quantity, Record
from models.engine.result import Result


@dataclass(frozen=True)
class Option(Record):
    """One of the options: net benefit and cost in EUR a year, QALYs a year, against today."""

    option: str
    levels: Mapping[str, float]
    net_benefit: Quantity
    cost: Quantity
    qaly: Quantity
    probability_best: float


@dataclass(frozen=True)
class ParameterWorth(Record):
    """Worth of knowing one assumption exactly, EUR a year."""

    parameter: str
    evppi: float
    standard_error: float


@dataclass(frozen=True)
class GroupWorth(Record):
    """Worth of knowing all assumptions of a theme exactly, EUR a year."""

    group: str
    evppi: float
    standard_error: float


@dataclass(frozen=True)
class Informed(Record):
    """An assumption that the study sees.

    `prior_patients`: to how many patients of such a study today's knowledge of it amounts.
    """

    parameter: str
    prior_patients: float
    share_of_variance_removed: float
    evppi: float
    standard_error: float


@dataclass(frozen=True)
class PresentValue(Record):
    """The study over its years and those of its use, EUR; the first year is not discounted."""

    evsi: float
    at_most: float
    cost: float
    net: float


@dataclass(frozen=True)
class FoundTreatment(Record):
    """QALYs a year that a treatment found by research may bring, and their worth, EUR a year."""

    gained: Annotated[Quantity, INLINE]
    worth: float


@dataclass(frozen=True)
class Study(Record):
    """Worth of the cohort study and its cost, EUR a year; `at_most` with endless patients."""

    evsi: float
    standard_error: float
    at_most: float
    at_most_standard_error: float
    cost: float
    patients: float
    years: float
    years_of_use: float
    present_value: PresentValue
    informs: tuple[Informed, ...]
    found_treatment: FoundTreatment


@dataclass(frozen=True)
class ValueOfInformation(Answer):
    """What it is worth at most to know more before choosing, EUR a year for the population."""

    unit: str
    population: str
    horizon: str
    reference_value: float  # EUR a QALY
    choices: Annotated[tuple[Option, ...], Named("options")]
    evpi: float
    evpi_standard_error: float
    evppi: tuple[ParameterWorth, ...]
    groups: tuple[GroupWorth, ...]
    study: Study


@cached(most=2)
def value_of_information(result: Result, reference: float | None = None) -> ValueOfInformation:
    """EVPI, EVPPI of every parameter and group of parameters, and the worth of the study.

    Amounts are EUR a year in force, for the whole population. `reference`: EUR for a QALY.
    """
    value = reference_value(result, reference)
    among, inputs = choices(result), uncertain(result)
    benefit = among.net_benefit(value)
    whole = evpi(benefit)
    alone = {name: evppi(benefit, {name: values}) for name, values in inputs.items()}
    groups = _groups(result, benefit, inputs, alone)
    return ValueOfInformation(
        **about(result),
        unit="EUR/year",
        population=POPULATION,
        horizon="one year in force",
        reference_value=value,
        choices=_options(among, benefit),
        evpi=whole.value,
        evpi_standard_error=whole.standard_error,
        evppi=tuple(ParameterWorth(name, *worth) for name, worth in _largest_first(alone)),
        groups=tuple(GroupWorth(name, *worth) for name, worth in _largest_first(groups)),
        study=study(result, benefit, inputs, alone, value),
    )


def _options(among: Choices, benefit: np.ndarray) -> tuple[Option, ...]:
    best = np.argmax(benefit, axis=0)
    return tuple(
        Option(
            option=name,
            levels=levels,
            net_benefit=Quantity.of(benefit[i]),
            cost=Quantity.of(among.cost[i] - among.cost[0]),
            qaly=Quantity.of(among.health[i] - among.health[0], "QALY/year"),
            probability_best=float(np.mean(best == i)),
        )
        for i, (name, levels) in enumerate(among.levels.items())
    )


def _largest_first(worths: Mapping[str, Worth]) -> list[tuple[str, Worth]]:
    return sorted(worths.items(), key=lambda pair: (-pair[1].value, pair[0]))


def _together(benefit: np.ndarray, inputs: Mapping, alone: Mapping[str, Worth]) -> Worth:
    """Of a set: its own rule, or that of its best member, which the set knows as well."""
    return max([evppi(benefit, inputs), *(alone[name] for name in inputs)])


def _groups(result: Result, benefit, inputs, alone) -> dict[str, Worth]:
    """By theme, as the files of the assumptions have it."""
    themes: dict[str, dict] = {}
    for name, values in inputs.items():
        themes.setdefault(result.model.assumptions[name].group, {})[name] = values
    return {theme: _together(benefit, names, alone) for theme, names in themes.items()}


def study(
    result: Result, benefit: np.ndarray, inputs: Mapping, alone: Mapping, value: float
) -> Study:
    """Worth and cost of the cohort of chronic patients that was refused a grant.

    A row `study_sd_X` says that the study sees X, and how far single patients differ in it.
    `at_most` is what it would be worth with endless patients; `evsi` with `study_patients`.
    Both are EUR a year, as `cost` while it runs. The present value sets `study_years` of cost
    against `study_use_years` of worth after it, at `mac_disc_cost`. `found_treatment` is the
    published guess of what such research may discover, in QALYs and in EUR a year; it is no part
    of `evsi`, which only counts choosing better between these options.
    """
    a, p = result.model.assumptions, result.model.p
    seen = {
        name.removeprefix(STUDY_PREFIX): row.base
        for name, row in a.items()
        if name.startswith(STUDY_PREFIX)
    }
    informed = {name: inputs[name] for name in seen if name in inputs}
    prior = {name: float(seen[name] ** 2 / values.var()) for name, values in informed.items()}
    patients, runs, used = (
        a[name].base for name in ("study_patients", "study_years", "study_use_years")
    )
    most = _together(benefit, informed, alone)
    # a study cannot be worth more than knowing all that it sees, save by chance
    worth = min(evsi(benefit, informed, prior, patients, result.options.seed), most, key=_value)
    rate = a["mac_disc_cost"].base
    cost = float(np.mean(p["eff_research_cost"]))
    paid = cost * _annuity(rate, 0, runs)
    earned = worth.value * _annuity(rate, runs, used)
    chance = p["eff_research_prob"] * p["eff_research_uptake"] * p["eff_research_gain"]
    discovery = Quantity.of(chance * result.base.health["chronic_patients"], "QALY/year")
    return Study(
        evsi=worth.value,
        standard_error=worth.standard_error,
        at_most=most.value,
        at_most_standard_error=most.standard_error,
        cost=cost,
        patients=patients,
        years=runs,
        years_of_use=used,
        present_value=PresentValue(
            evsi=earned,
            at_most=most.value * _annuity(rate, runs, used),
            cost=paid,
            net=earned - paid,
        ),
        informs=tuple(
            Informed(name, prior[name], patients / (patients + prior[name]), *alone[name])
            for name in informed
        ),
        found_treatment=FoundTreatment(discovery, discovery.mean * value),
    )


def _value(worth: Worth) -> float:
    return worth.value


def _annuity(rate: float, start: float, years: float) -> float:
    """Present value of one euro a year in years start + 1 to start + years; the first at par."""
    return float(sum((1 + rate) ** -(start + year) for year in range(round(years))))
