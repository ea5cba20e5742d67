"""The same accounting on the same draws by this model and by OpenFisca-Core from PyPI."""

from __future__ import annotations

import importlib.util

import numpy as np

import models
from benchmarks.contest import Contender, Missing, contest
from benchmarks.report import Report, compared
from models.formulas import lever_effects

DRAWS, ROUNDS = 10_000, 9
PACKAGE = {
    "physio_basic_package": 1.0,
    "imaging_red_flags_only": 1.0,
    "opioid_share": 0.084,
    "research_programme": 1.0,
    "walking_programme": 0.2,
    "public_campaign": 1.0,
    "return_to_work_support": 0.5,
}
INSTALL = "OpenFisca-Core is not installed; pip install -r benchmarks/requirements.txt"


def ours(draws: int):
    """Every cell of the ledger and health measure of the package, in every draw."""
    start = models.run(draws=draws)

    def work() -> dict[str, np.ndarray]:
        state = models.run_like(start, PACKAGE).scenario
        quantities = {
            f"{item}_by_{payer}": amount for (item, payer), amount in state.ledger.items()
        }
        return {name: v for name, v in {**quantities, **state.health}.items() if v.any()}

    return work


def openfisca(draws: int, bits: int):
    """The same by OpenFisca-Core, from parameters to which the levers were applied already."""
    from benchmarks.openfisca_system import rules
    from benchmarks.openfisca_system.system import YEAR, simulate

    start = models.run(draws=draws)
    model, levers = start.model, start.levers
    base = inputs(model.p, model.curve, model.factor, {}, levers)
    p, curve = lever_effects.apply(model.p, model.curve, PACKAGE, levers, start.options.overlap)
    scenario_inputs = inputs(p, curve, model.factor, PACKAGE, levers)
    system = rules.system(base, bits)
    needed = rules.used(system, base)
    values = {name: scenario_inputs[name] for name in sorted(needed)} | rules.today(system, base)

    def work() -> dict[str, np.ndarray]:
        simulation = simulate(system, values)
        quantities = {name: simulation.calculate(name, YEAR) for name in rules.outputs()}
        return {name: value for name, value in quantities.items() if value.any()}

    return work


def inputs(p, curve, factor, levels: dict[str, float], levers) -> dict[str, np.ndarray]:
    """Parameters, absence curve, calibration, and how far each lever of the package is moved."""
    knots = {f"sl_S{week}": share for week, share in zip(curve.weeks, curve.shares, strict=True)}
    values = {**p, **knots, "calibration_factor": factor}
    for name in PACKAGE:
        level = levels.get(name, levers[name].today)
        values[f"reach_{name}"] = np.full_like(factor, abs(level - levers[name].today))
        values[f"effort_{name}"] = np.full_like(factor, levers[name].effort(level))
    return values


def run(draws: int = DRAWS, rounds: int = ROUNDS) -> Report:
    """A report of this model beside OpenFisca-Core with 64-bit floats and with its usual 32."""
    if importlib.util.find_spec("openfisca_core") is None:
        raise Missing(INSTALL)
    contenders = [
        Contender("this model", ours, (draws,)),
        Contender("OpenFisca-Core, 64-bit floats", openfisca, (draws, 64)),
        Contender("OpenFisca-Core as it comes, 32-bit", openfisca, (draws, 32)),
    ]
    entries = contest(contenders, rounds)
    return Report(
        "peer",
        "a package of seven levers: every cell of the ledger and health, every draw",
        {"draws": draws, "rounds": rounds},
        [compared(entry, entries[0]) for entry in entries],
        [
            "Results of every draw are compared before times, to 1e-9 relative; who disagrees has "
            "no time.",
            "The peer is written from docs/method.md as its users would (a class a variable, a "
            "simulation a scenario) and takes nothing from models/. It is spared what this model "
            "does in its time: the levers have acted on its parameters already, and the absence "
            "curve of the friction period is left out on both sides.",
            "What it does and this model does not: rules that change by date, households and "
            "other groups of persons, months and days, a trace of every calculation, reforms as "
            "objects, a web API, and only the variables asked for. What it does not do: draw, "
            "calibrate, summarise.",
        ],
    )
