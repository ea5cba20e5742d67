"""What a model gives for one set of levels: people, care, work, health and money, in draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.caching import cached_property
from models.formulas import care, payers, work
from models.tables.catalogue_columns import PROGRAMME


@dataclass(frozen=True)
class YearOutcome:
    """One scenario in one year, or in force: cost and health, every array (draws,).

    `ledger` maps (cost item, payer) -> EUR a year; `health` maps a measure of
    models/formulas/health.py -> its amount a year.
    """

    ledger: dict
    health: dict
    p: Mapping  # parameters under which it was made
    leave: work.Absence | work.CalendarYear  # sick leave of the year
    disability: np.ndarray  # benefits relative to today
    programme: dict  # programme cost of the ledger by (name of its growth index, payer), EUR a year

    @cached_property
    def total(self) -> np.ndarray:
        """Resource cost of all items, EUR a year, (draws,)."""
        return payers.add(self.ledger.values())

    def nominal(self, growth: Mapping, items: Mapping) -> dict:
        """The ledger in money of a year: `growth` as `Model.growth`, `items` cost items by id."""
        return {
            key: self.programme_in(growth, key[1], amount)
            if key[0] == PROGRAMME
            else amount * growth[items[key[0]]["index"]]
            for key, amount in self.ledger.items()
        }

    def programme_in(self, growth: Mapping, payer: str, otherwise: np.ndarray) -> np.ndarray:
        """Nominal programme cost of a payer, each part multiplied by its own growth index.

        `otherwise` is returned where this payer has no programme.
        """
        parts = [
            a * growth[index] for (index, whose), a in self.programme.items() if whose == payer
        ]
        return sum(parts[1:], parts[0]) if parts else otherwise


@dataclass(frozen=True)
class Activity:
    """What happens in a year before prices: use of care and absence from work."""

    episodes: np.ndarray  # relative to today
    chronic: np.ndarray  # stock relative to today
    mix: np.ndarray  # patients who see a doctor, relative to today
    use: care.PhysiotherapyUse
    volumes: care.Volumes
    absence: work.Absence
