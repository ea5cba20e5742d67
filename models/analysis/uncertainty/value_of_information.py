"""Value of information: what it is worth at most to know more before choosing.

The choice is between today, the named packages and the scenario; what counts is net benefit, money
saved plus reference value times QALYs gained, EUR a year in force, for all patients together.
In each draw an informed chooser takes the option that looks best on what is known; the gain over
the option that is best on average, in that same draw, is what the knowledge brings. So a part is
never worth more than the whole, and more knowledge never less than a part of it.

The rule of an informed chooser is a regression on the draws at hand (`given_data`). A rule that
could be better is worth a little less than the true value: the bias is downward, and within a set
of inputs it grows with dependences that the regression does not hold (products of more than two
inputs). Standard errors are those of the mean gain over draws, the rule taken as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import special

from models.analysis.choice.options import POPULATION, Choices, choices, reference_value, uncertain
from models.analysis.uncertainty.regression import STUDY_PREFIX, Fit
from models.caching import cached
from models.engine.document import SCHEMA
from models.engine.result import Result
from models.engine.summary import quantity
from models.formulas.draws import uniform

Worth = tuple[float, float]  # EUR a year and its standard error


def gain(benefit: np.ndarray, rule: np.ndarray) -> Worth:
    """Mean gain of choosing by `rule` (an option a draw) over the option best on average."""
    best = int(np.argmax(benefit.mean(axis=1)))
    gained = np.take_along_axis(benefit, rule[None], axis=0)[0] - benefit[best]
    error = float(gained.std() / np.sqrt(gained.size))
    return max(float(gained.mean()), 0.0), error


def against_first(benefit: np.ndarray) -> np.ndarray:
    """Benefit less that of the first option: what all options share says nothing of a choice.

    Left in, its noise would hide from the regression what differs between the options.
    """
    return benefit - benefit[0]


def evpi(benefit: np.ndarray) -> Worth:
    """Expected value of knowing everything: E[max] - max E; `benefit` is (options, draws)."""
    return gain(benefit, np.argmax(benefit, axis=0))


def evppi(benefit: np.ndarray, inputs: Mapping[str, np.ndarray]) -> Worth:
    """Expected value of knowing these inputs exactly, alone or together.

    `benefit` may be absolute or against any option: what all options share is taken out first.
    """
    against = against_first(benefit)
    return gain(against, np.argmax(Fit(inputs, against).fitted(), axis=0))


def evsi(
    benefit: np.ndarray,
    inputs: Mapping[str, np.ndarray],
    prior_patients: Mapping[str, float],
    patients: float,
    seed: int = 1,
) -> Worth:
    """Expected value of a study of so many patients that sees these inputs.

    `prior_patients`: to how many patients of such a study today's knowledge of an input amounts,
    that is, variance between patients over variance of belief. The study's finding then
    correlates with the truth by sqrt(n / (n + prior)), and in every draw a finding is imagined,
    the choice made on it, and the gain in that draw counted. Exact for normal beliefs and data
    (conjugate); for others an approximation on the scale of normal scores.
    """
    benefit = against_first(benefit)
    fit = Fit(inputs, benefit)
    sharp, found = {}, {}
    for name, score in fit.scores.items():
        sharp[name] = np.sqrt(patients / (patients + prior_patients[name])) if patients else 0.0
        noise = special.ndtri(uniform(f"study/{name}", score.size, seed))
        found[name] = sharp[name] * score + np.sqrt(1 - sharp[name] ** 2) * noise
    return gain(benefit, np.argmax(fit.seen(sharp, found), axis=0))


@cached(most=2)
def value_of_information(result: Result, reference: float | None = None) -> dict:
    """EVPI, EVPPI of every parameter and group of parameters, and the worth of the study.

    Amounts are EUR a year in force, for the whole population. `reference`: EUR for a QALY.
    """
    value = reference_value(result, reference)
    among, inputs = choices(result), uncertain(result)
    benefit = among.net_benefit(value)
    whole, error = evpi(benefit)
    alone = {name: evppi(benefit, {name: values}) for name, values in inputs.items()}
    return {
        "schema": SCHEMA,
        "assumptions_hash": result.assumptions_hash,
        "scenario_id": result.scenario_id,
        "draws": result.options.draws,
        "seed": result.options.seed,
        "valuation": result.options.valuation,
        "unit": "EUR/year",
        "price_year": result.price_year,
        "population": POPULATION,
        "horizon": "one year in force",
        "reference_value": value,
        "options": _options(among, benefit),
        "evpi": whole,
        "evpi_standard_error": error,
        "evppi": _listed(alone, "parameter"),
        "groups": _listed(_groups(result, benefit, inputs, alone), "group"),
        "study": study(result, benefit, inputs, alone, value),
    }


def _options(among: Choices, benefit: np.ndarray) -> list[dict]:
    best = np.argmax(benefit, axis=0)
    return [
        {
            "option": name,
            "levels": levels,
            "net_benefit": quantity(benefit[i]),
            "cost": quantity(among.cost[i] - among.cost[0]),
            "qaly": quantity(among.health[i] - among.health[0], "QALY/year"),
            "probability_best": float(np.mean(best == i)),
        }
        for i, (name, levels) in enumerate(among.levels.items())
    ]


def _listed(found: Mapping[str, Worth], kind: str) -> list[dict]:
    """Largest first."""
    return [
        {kind: name, "evppi": value, "standard_error": error}
        for name, (value, error) in sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
    ]


def _together(benefit: np.ndarray, inputs: Mapping, alone: Mapping[str, Worth]) -> Worth:
    """Of a set: its own rule, or that of its best member, which the set knows as well."""
    return max([evppi(benefit, inputs), *(alone[name] for name in inputs)], default=(0.0, 0.0))


def _groups(result: Result, benefit, inputs, alone) -> dict[str, Worth]:
    """By theme, as the files of the assumptions have it."""
    themes: dict[str, dict] = {}
    for name, values in inputs.items():
        themes.setdefault(result.model.assumptions[name].group, {})[name] = values
    return {theme: _together(benefit, some, alone) for theme, some in themes.items()}


def study(
    result: Result, benefit: np.ndarray, inputs: Mapping, alone: Mapping, value: float
) -> dict:
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
    some = {name: inputs[name] for name in seen if name in inputs}
    prior = {name: float(seen[name] ** 2 / values.var()) for name, values in some.items()}
    patients, runs, used = (
        a[name].base for name in ("study_patients", "study_years", "study_use_years")
    )
    most, most_error = _together(benefit, some, alone)
    worth, error = evsi(benefit, some, prior, patients, result.options.seed)
    if worth > most:  # by chance: a study cannot be worth more than knowing all that it sees
        worth, error = most, most_error
    rate = a["mac_disc_cost"].base
    cost = float(np.mean(p["eff_research_cost"]))
    paid = cost * _annuity(rate, 0, runs)
    earned = worth * _annuity(rate, runs, used)
    chance = p["eff_research_prob"] * p["eff_research_uptake"] * p["eff_research_gain"]
    discovery = quantity(chance * result.base.health["chronic_patients"], "QALY/year")
    return {
        "evsi": worth,
        "standard_error": error,
        "at_most": most,
        "at_most_standard_error": most_error,
        "cost": cost,
        "patients": patients,
        "years": runs,
        "years_of_use": used,
        "present_value": {"evsi": earned, "at_most": most * _annuity(rate, runs, used),
                          "cost": paid, "net": earned - paid},
        "informs": [
            {"parameter": name, "prior_patients": prior[name],
             "share_of_variance_removed": patients / (patients + prior[name]),
             "evppi": alone[name][0], "standard_error": alone[name][1]}
            for name in some
        ],
        "found_treatment": {**discovery, "worth": discovery["mean"] * value},
    }  # fmt: skip


def _annuity(rate: float, start: float, years: float) -> float:
    """Present value of one euro a year in years start + 1 to start + years; the first at par."""
    return float(sum((1 + rate) ** -(start + year) for year in range(round(years))))
