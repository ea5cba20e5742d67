"""Entity, inputs, system and simulation."""

from __future__ import annotations

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = "2024"
Draw = build_entity(key="draw", plural="draws", label="A joint set of all inputs", is_person=True)


class Quantity(Variable):
    """What all variables here share: a number per draw and year."""

    def __init_subclass__(cls):
        # OpenFisca reads these from the class itself and not from its parents
        cls.value_type, cls.entity, cls.definition_period = float, Draw, DateUnit.YEAR


def ratio(numerator, denominator):
    """Numerator / denominator; 0 where the denominator is 0."""
    there = denominator != 0
    return np.where(there, numerator / np.where(there, denominator, 1), 0)


def variable(name: str, formula=None) -> type[Quantity]:
    """A variable made by a rule; an input when it has no formula."""
    return type(name, (Quantity,), {"formula": formula} if formula else {})


def simulate(system: TaxBenefitSystem, values: dict[str, np.ndarray]):
    """A simulation with one entity a draw and these inputs."""
    size = next(iter(values.values())).size
    simulation = SimulationBuilder().build_default_simulation(system, count=size)
    for name, array in values.items():
        simulation.set_input(name, YEAR, array)
    return simulation
