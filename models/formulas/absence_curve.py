"""Length of spells of sick leave: a survival curve over weeks, and weeks of absence by year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np

from models.caching import cached, cached_property
from models.formulas.draws import KNOT_PREFIX, knots
from models.formulas.people import ratio

SMALL = float(np.sqrt(np.sqrt(np.finfo(float).eps)))


@dataclass(frozen=True)
class Curve:
    """Share of spells still absent at each knot; weeks ascending, shares of shape (draws,)."""

    weeks: tuple[float, ...]
    shares: tuple[np.ndarray, ...]

    def at(self, week: float) -> np.ndarray:
        """Share still absent at a knot; raises ValueError elsewhere."""
        return self.shares[self.weeks.index(week)]

    @property
    def last(self) -> np.ndarray:
        """Share of spells still absent at the last knot, (draws,)."""
        return self.shares[-1]

    @cached_property
    def mean_weeks(self) -> np.ndarray:
        """Mean weeks absent to the last knot, cached: most levers leave the curve alone."""
        return mean_weeks(self)

    @cached_property
    def memory(self) -> dict:
        """The weeks by calendar year; see `caching.cached`."""
        return {}

    @cached(most=2)
    def weeks_by_year(self, year: float) -> list[np.ndarray]:
        """`weeks_by_year` of this module to the last knot, cached for the same reason."""
        return weeks_by_year(self, year)


def curve(p) -> Curve:
    """The absence curve from its knots (`sl_S` and a week), shares (draws,); 1 at week 0.

    The shares are assumptions; their rows name the sources. Not counted: absence after the last
    knot.
    """
    weeks = knots(p)
    first = np.ones_like(p[f"{KNOT_PREFIX}{weeks[0]}"])
    return Curve((0, *weeks), (first, *(p[f"{KNOT_PREFIX}{week}"] for week in weeks)))


def hazard_on_curve(c: Curve, week: float, uptake, hazard_ratio) -> list[np.ndarray]:
    """Relative shares still absent when `uptake` of those absent at `week` get a hazard ratio.

    `hazard_ratio` is on returning to work: above 1 people return sooner. A mixture of treated and
    untreated: after week w, 1 - u + u (S(t)/S(w))^(HR - 1). Untouched before `week`.
    """
    start = np.log(c.at(week))
    ones = np.ones_like(start)
    return [
        ones
        if t <= week
        else 1 - uptake + uptake * np.exp((hazard_ratio - 1) * (np.log(s) - start))
        for t, s in zip(c.weeks, c.shares, strict=True)
    ]


def mean_weeks(c: Curve, end=None) -> np.ndarray:
    """Mean weeks of a spell until `end` weeks (default: the last knot), log-linear between knots.

    `end` may be an array (draws,). Closed form per segment: S1 (1 - exp(-h L)) / h. Not counted:
    what comes after the last knot, when wage payment has ended.
    """
    total = np.zeros_like(c.shares[0])
    for t1, t2, s1, s2 in zip(c.weeks, c.weeks[1:], c.shares, c.shares[1:], strict=False):
        fall = _log_fall(s1, s2)
        if end is None:
            length = t2 - t1
            lost = s1 - s2
        else:
            length = np.clip(end - t1, 0, t2 - t1)
            lost = s1 * -np.expm1(-fall * (length / (t2 - t1)))
        flat = fall < 1e-12
        total += np.where(flat, s1 * length, lost * (t2 - t1) / np.where(flat, 1, fall))
    return total


def share_at(c: Curve, week) -> np.ndarray:
    """Share of spells still absent after `week` weeks, (draws,), log-linear between the knots.

    `week` may be an array (draws,); after the last knot nobody is absent.
    """
    share = np.zeros_like(c.shares[0])
    for t1, t2, s1, s2 in zip(c.weeks, c.weeks[1:], c.shares, c.shares[1:], strict=False):
        fall = np.log(ratio(s1, s2)) if np.all(s2 > 0) else _log_fall(s1, s2)
        inside = (week >= t1) & (week <= t2)
        share = np.where(inside, s1 * np.exp(-fall * (week - t1) / (t2 - t1)), share)
    return share


def weeks_by_year(c: Curve, year: float, end=None) -> list[np.ndarray]:
    """Mean weeks of a spell in the calendar year in which it starts, in the next, and so on.

    Arrays (draws,), in weeks; they add up to `mean_weeks` until `end`. Spells start evenly over a
    year of `year` weeks. So of all spells, t weeks after their start, the share 1 - (t / year - k)
    is in calendar year k and the rest in year k + 1, where k is the whole number of years in t.
    Closed form per piece between knots and year ends, from the areas under S(t) and (t - a) S(t).
    """
    booked = [np.zeros_like(c.shares[0]) for _ in range(ceil(c.weeks[-1] / year) + 1)]
    for t1, t2, s1, s2 in zip(c.weeks, c.weeks[1:], c.shares, c.shares[1:], strict=False):
        rate = np.maximum(_log_fall(s1, s2), 0) / (t2 - t1)
        ends = [k * year for k in range(ceil(t2 / year)) if t1 < k * year < t2]
        for a, b in pairwise((t1, *ends, t2)):
            k = int(a // year)
            length = b - a if end is None else np.clip(end - a, 0, b - a)
            area, moment = _areas(rate * length)
            start = s1 * np.exp(-rate * (a - t1)) * length
            later = start * (area * (a / year - k) + moment * length / year)
            booked[k] += start * area - later
            booked[k + 1] += later
    return booked


def _areas(q):
    """Integrals from 0 to 1 of exp(-q x) and of x exp(-q x).

    Where q is below the fourth root of the machine's precision, by the first terms of their series:
    (-q)^k over k! (k + 1) and over k! (k + 2). The closed form of the second loses digits there.
    """
    flat = q < SMALL
    safe = np.where(flat, 1, q)
    area = -np.expm1(-safe) / safe
    first, second = 2 * (2 + 1), 2 * (2 + 2)
    return (
        np.where(flat, 1 - q / 2 + q * q / first, area),
        np.where(flat, 1 / 2 - q / (2 + 1) + q * q / second, (area - np.exp(-safe)) / safe),
    )


def _log_fall(s1, s2) -> np.ndarray:
    """log(s1 / s2); a share that ends at 0, or below it, falls as if to a ten-millionth.

    From the difference, which is exact where the two are close: (s1 - s2) / log(s1 / s2) would lose
    half its digits there.
    """
    tiny = 1e-7
    first = np.maximum(s1, tiny**2)
    last = np.maximum(s2, first * tiny)
    return np.log1p((first - last) / last)
