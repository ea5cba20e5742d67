"""All rules together: the system, its outputs, and the base-case values that a scenario needs."""

from __future__ import annotations

import numpy as np
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.openfisca_system import care, health, payers, people, physiotherapy, work
from benchmarks.openfisca_system.system import YEAR, Draw, Quantity, simulate, variable

MODULES = (people, physiotherapy, care, work, payers, health)
HEALTH = (
    "episodes", "chronic_patients", "pain_days", "qaly_loss", "sick_days", "xrays", "mris",
    "physiotherapy_sessions", "referrals", "opioid_users", "long_term_opioid_users",
    "people_at_risk_of_misuse", "research_expected_qaly",
)  # fmt: skip


def _variables(module) -> list[type[Quantity]]:
    written = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Quantity)]
    return [v for v in written if v is not Quantity] + getattr(module, "RULED", [])


def system(inputs, bits: int) -> TaxBenefitSystem:
    """The rules and their inputs; OpenFisca's own floats have 32 bits, 64 on request."""
    country = TaxBenefitSystem([Draw])
    for module in MODULES:
        country.add_variables(*_variables(module))
    country.add_variables(*(variable(name) for name in inputs))
    if bits == 64:
        for each in country.variables.values():
            each.dtype = np.float64
    return country


def outputs() -> list[str]:
    """Cells of the ledger (item_by_payer) and health measures."""
    cells = [v.__name__ for v in _variables(payers) if "_by_" in v.__name__]
    return [*cells, *HEALTH]


def today(rules: TaxBenefitSystem, given: dict) -> dict[str, np.ndarray]:
    """The base-case values (names in `_today`) that the rules of a scenario use."""
    base = simulate(rules, given)
    return {f"{name}_today": base.calculate(name, YEAR) for name in people.TODAY}


def used(rules: TaxBenefitSystem, given: dict) -> set[str]:
    """The inputs that the outputs depend on; others need not be loaded."""
    simulation = simulate(rules, given)
    simulation.trace = True
    for name in outputs():
        simulation.calculate(name, YEAR)
    return {key.partition("<")[0] for key in simulation.tracer.get_flat_trace()} & given.keys()
