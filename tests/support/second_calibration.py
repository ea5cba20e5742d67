"""Calibration by evidence a second time, from docs/method.md sections 6 and 11 and the data files.

Nothing of `models` is imported. Distributions come from scipy.stats, draws one after another.
"""

from __future__ import annotations

import hashlib
from functools import cache
from math import inf, log, log1p, sqrt

import numpy as np
from scipy import optimize, stats

from tests.support import second_calculation as second

Z = stats.norm.ppf(0.975)
LEAST_OF = {"ratio, at least 1": 1.0}


def assumptions() -> dict[str, dict[str, str]]:
    """Parameter -> row, of every table of assumptions whose rows are drawn."""
    return {
        row["parameter"]: row
        for path in sorted((second.DATA / "assumptions").glob("*.csv"))
        for row in second.rows(f"assumptions/{path.name}")
        if row["group"] != "context"
    }


def uniforms(name: str, pool: int, seed: int) -> np.ndarray:
    """Section 11: the stream of a name."""
    key = hashlib.sha256(f"{seed}/{name}".encode()).digest()[:16]
    stream = np.random.Generator(np.random.Philox(key=int.from_bytes(key, "big"))).random(pool)
    return np.clip(stream, 1e-12, 1 - 1e-12)


def quantile(name: str, mean: float, cv: float, u) -> np.ndarray:
    """Quantiles of a distribution of scipy with this mean and coefficient of variation."""
    if name == "normal":
        return stats.norm.ppf(u, mean, abs(mean) * cv)
    if name == "lognormal":
        variance = log1p(cv**2)
        return stats.lognorm.ppf(u, sqrt(variance), scale=mean * np.exp(-variance / 2))
    if name == "gamma":
        return stats.gamma.ppf(u, cv**-2, scale=mean * cv**2)
    n = (1 - mean) / (mean * cv**2) - 1
    return stats.beta.ppf(u, mean * n, (1 - mean) * n)


@cache
def spread(name: str, mean: float, low: float, high: float) -> float:
    """The least cv with a 95% interval as wide as the stated one; the widest where none is."""
    if name == "normal":
        return (high - low) / (2 * Z * abs(mean))
    most = sqrt((1 - mean) / mean) * 0.95 if name == "beta" else 2.0

    def short(cv: float) -> float:
        lower, upper = quantile(name, mean, cv, [0.025, 0.975])
        return (high - low) - (upper - lower)

    last = 1e-6
    for cv in np.geomspace(1e-6, most, 40)[1:]:
        if short(cv) <= 0:
            return optimize.brentq(short, last, cv, xtol=1e-14, rtol=1e-14)
        last = cv
    return optimize.minimize_scalar(short, bounds=(1e-6, most), method="bounded").x


def drawn(row: dict[str, str], u: np.ndarray) -> np.ndarray:
    """Section 11: one row."""
    base, low, high = (float(row[name]) for name in ("base", "low", "high"))
    if row["distribution"] == "fixed" or low == high or base == 0:
        return np.full(u.size, base)
    sign = -1.0 if base < 0 and row["distribution"] != "normal" else 1.0
    least = LEAST_OF.get(row["unit"], 0.0) if row["distribution"] != "normal" else 0.0
    mean = sign * base - least
    cv = spread(row["distribution"], mean, *sorted((sign * low, sign * high)))
    return sign * (least + quantile(row["distribution"], mean, cv, u))


def curve(table: dict, pool: int, seed: int) -> dict[str, np.ndarray]:
    """Section 11: the knots, each as a share of the one before it."""
    share, before, carried, drawn = np.ones(pool), 1.0, 0.0, {}
    for week in second.WEEKS:
        name = f"sl_S{week}"
        base, low, high = (float(table[name][column]) for column in ("base", "low", "high"))
        mean, own = base / before, spread("beta", base, low, high) ** 2
        extra = (1 + own) / (1 + carried) - 1
        if extra > 0:
            cv = min(sqrt(extra), 0.95 * sqrt((1 - mean) / mean))
            share = share * quantile("beta", mean, cv, uniforms(name, pool, seed))
        else:
            share = share * mean
        carried, before = max(carried, own), base
        drawn[name] = share
    return drawn


def prior(pool: int, seed: int) -> dict[str, np.ndarray]:
    """The prior draws of every parameter, (pool,)."""
    table = assumptions()
    values = {
        name: drawn(row, uniforms(name, pool, seed))
        for name, row in table.items()
        if not (name.startswith("sl_S") and name[4:].isdigit())
    }
    return values | curve(table, pool, seed)


def length_from(s: dict[int, float], start: float) -> float:
    """Mean weeks in all of the spells that still run after `start` weeks."""
    knots = sorted(s)
    for first, last in zip(knots, knots[1:], strict=False):
        if first <= start <= last:
            left = s[first] * (s[last] / s[first]) ** ((start - first) / (last - first))
    return start + (second.mean_weeks(s) - second.mean_weeks(s, start)) / left


def quantities(p: dict[str, float]) -> dict[str, float]:
    """Section 6: the quantities of the targets that weigh, of one draw."""
    s = second.curve(p)
    year = second.Year(p, p, s, 1.0, 1.0, 1.0)
    costs = year.costs(year, 1.0, "human_capital", False)
    return {
        "total": sum(costs.values()),
        "sick_days": year.health(year)["sick_days"],
        "wia_assessments": year.n * year.T,
        "spell_length": length_from(s, 30 / p["days_week"]) * p["days_week"],
    }


def used() -> list[dict[str, str]]:
    return [row for row in second.rows("targets.csv") if row["use"] == "1"]


def log_weight(figures: dict[str, float], left_out: tuple[str, ...] = ()) -> float:
    """Section 6: sum of the logarithms of the lognormal densities, one study one vote."""
    rows, total = used(), 0.0
    for row in rows:
        if row["id"] in left_out:
            continue
        mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
        variance = log1p(spread("lognormal", mean, low, high) ** 2)
        value = figures[row["quantity"]]
        if value <= 0:
            return -inf
        score = -log(value) - (log(value) - log(mean) + variance / 2) ** 2 / (2 * variance)
        total += score / sum(other["study"] == row["study"] for other in rows)
    return total


def places(weights: list[float], draws: int, seed: int) -> list[int]:
    """Section 6: systematic resampling."""
    start = uniforms("calibration", 1, seed)[0]
    whole, passed, picked = sum(weights), 0.0, []
    for place, weight in enumerate(weights):
        passed += weight
        while len(picked) < draws and (len(picked) + start) / draws * whole < passed:
            picked.append(place)
    return picked
