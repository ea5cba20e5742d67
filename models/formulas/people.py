"""People: three groups that never count a person twice, and how they move through the years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def ratio(numerator, denominator):
    """numerator / denominator, and 0 where the denominator is 0 (a group without people)."""
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
        """New episodes in care a year: those of the GP and of direct access, persons."""
        return self.acute + self.direct


def groups(p) -> Groups:
    """Acute GP patients, direct-access patients without a GP visit, and chronic patients.

    Persons a year from `vol_gp_acute`; from patients of physiotherapists (`vol_physio_lbp`) times
    the share without a referral (`vol_direct_access`) times the share of those who saw no GP either
    (`vol_direct_only`); and the stock `vol_chronic_lbp_care`. The rows of these assumptions name
    their sources. Not counted: people with back pain who seek no care.
    """
    direct = p["vol_physio_lbp"] * p["vol_direct_access"] * p["vol_direct_only"]
    return Groups(p["vol_gp_acute"], direct, p["vol_chronic_lbp_care"])


def chronic_exit(p, people: Groups) -> np.ndarray:
    """Share of the chronic stock that leaves a year, such that the base case is steady; at most 1.

    New chronic patients are `course_chronic` of all episodes; as many leave. Not counted: whether
    they recover, move out of care or die.
    """
    return np.minimum(ratio(p["course_chronic"] * people.episodes, people.chronic), 1.0)


def steady_episodes(recurrence_today, recurrence) -> np.ndarray:
    """Episodes relative to today (1 = today) once a changed recurrence has worked through.

    `recurrence` is the share of last year's episodes that comes back within a year. First episodes
    stay as they are: the fixed point of first + recurrence x last year's.
    """
    if recurrence is recurrence_today:
        return np.ones_like(recurrence)
    return ratio(1 - recurrence_today, 1 - recurrence)


def next_episodes(recurrence_today, recurrence, last_year) -> np.ndarray:
    """Episodes of a year from those of the year before, both relative to today (1 = today).

    `recurrence` and `recurrence_today` are the shares of last year's episodes that come back, in
    the scenario and the base case. First episodes stay as they are.
    """
    return (1 - recurrence_today) + recurrence * last_year


def chronic_inflow(p, episodes) -> np.ndarray:
    """New chronic patients relative to today: `eff_walk_chronic` of a change in episodes.

    `episodes` is relative to today. At 0 fewer episodes leave the chronic stock as it is: no trial
    has shown that it falls.
    """
    return 1 + p["eff_walk_chronic"] * (episodes - 1)


def next_stock(stock, exit_rate, inflow) -> np.ndarray:
    """A stock relative to today, one year on: what stays plus the relative inflow at the exit rate.

    `exit_rate` is the share of the stock that leaves a year; `inflow` is relative to the inflow
    that keeps the stock as it is.
    """
    return stock * (1 - exit_rate) + exit_rate * inflow


def patients_of_doctors(people: Groups, episodes, chronic) -> np.ndarray:
    """Acute GP patients and chronic patients together, relative to today.

    `episodes` and `chronic` are relative to today; weighed by their numbers of persons today.
    """
    seen = people.acute + people.chronic
    return ratio(people.acute * episodes + people.chronic * chronic, seen)
