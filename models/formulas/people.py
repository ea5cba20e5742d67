"""People: three groups that never count a person twice, and how they move through the years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def ratio(numerator, denominator):
    """numerator / denominator, and 0 where the denominator is 0 (nobody there)."""
    return np.divide(
        numerator, denominator, out=np.zeros_like(numerator + denominator), where=denominator != 0
    )


@dataclass(frozen=True)
class Groups:
    """People a year in the base case; arrays (draws,), persons."""

    acute: np.ndarray  # GP patients with acute back pain
    direct: np.ndarray  # physiotherapy patients who see no GP
    chronic: np.ndarray  # chronic patients in care, a stock

    @property
    def episodes(self) -> np.ndarray:
        return self.acute + self.direct


def groups(p) -> Groups:
    """Acute GP patients, direct-access patients without a GP visit, and chronic patients.

    Not counted: people with back pain who seek no care.
    """
    direct = p["vol_physio_lbp"] * p["vol_direct_access"] * p["vol_direct_only"]
    return Groups(p["vol_gp_acute"], direct, p["vol_chronic_lbp_care"])


def chronic_exit(p, people: Groups) -> np.ndarray:
    """Share of the chronic stock that leaves a year, such that the base case is steady (max 1)."""
    return np.minimum(ratio(p["course_chronic"] * people.episodes, people.chronic), 1.0)


def steady_episodes(recurrence_today, recurrence) -> np.ndarray:
    """Episodes relative to today at the fixed point of first + recurrence x last year's."""
    if recurrence is recurrence_today:
        return np.ones_like(recurrence)
    return ratio(1 - recurrence_today, 1 - recurrence)


def next_episodes(recurrence_today, recurrence, last_year) -> np.ndarray:
    """Episodes relative to today, one year on."""
    return (1 - recurrence_today) + recurrence * last_year


def chronic_inflow(p, episodes) -> np.ndarray:
    """New chronic patients relative to today: `eff_walk_chronic` of a change in episodes.

    At 0 fewer episodes leave the chronic stock as it is: no trial has shown that it falls.
    """
    return 1 + p["eff_walk_chronic"] * (episodes - 1)


def next_stock(stock, exit_rate, inflow) -> np.ndarray:
    """A stock relative to today: what stays plus the relative inflow at the exit rate."""
    return stock * (1 - exit_rate) + exit_rate * inflow


def patients_of_doctors(people: Groups, episodes, chronic) -> np.ndarray:
    """Acute GP patients and chronic patients together, relative to today."""
    seen = people.acute + people.chronic
    return ratio(people.acute * episodes + people.chronic * chronic, seen)
