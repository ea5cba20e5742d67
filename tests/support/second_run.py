"""The second calculation of a whole run: levers, calibration, years, payers, as docs/method.md."""

from __future__ import annotations

from math import log

from tests.support.second_calculation import (
    BY_YEAR,
    CALENDARS,
    EFFECTS,
    INDEX,
    LEVERS,
    SPLIT,
    Year,
    curve,
    r,
)


def factor(p: dict, anchor: str) -> float:
    """Section 6."""
    if anchor in ("none", "evidence"):
        return 1.0
    year = Year(p, p, curve(p), 1.0, 1.0, 1.0)
    costs = year.costs(year, 1.0, "human_capital", False)
    Q = costs["sick_leave_acute"] + costs["sick_leave_chronic"]
    rest = sum(costs.values()) - Q if anchor == "total" else 0.0
    return max(r(p["tot_article"] - rest, Q), p["cal_floor"])


def today_of(lever: dict, p: dict) -> float:
    names = [name.strip() for name in lever["today_from"].split("+") if name.strip()]
    return sum(p[name] for name in names) if names else float(lever["today"])


def joined(factors: list[float], overlap: str) -> float:
    """Section 7: several levers on one parameter."""
    if overlap == "additive":
        return max(1 + sum(g - 1 for g in factors), 0.0)
    if overlap == "best_only":
        return max(factors, key=lambda g: abs(log(g)) if g > 0 else float("inf"))
    product = 1.0
    for g in factors:
        product *= g
    return product


def applied(p0: dict, levels: dict[str, float], overlap: str, stated: dict) -> tuple[dict, dict]:
    """Section 7: parameters and absence curve under these levels; today's are `stated` values."""
    s0 = curve(p0)
    effects: dict[object, list[float]] = {}
    fresh: dict[str, list[float]] = {}
    for effect in EFFECTS:
        name = effect["lever"]
        if name not in levels:
            continue
        level, today = levels[name], today_of(LEVERS[name], stated)
        if level == today:
            continue
        a, target = level - today, effect["parameter"]
        if effect["reach"]:
            a *= p0[effect["reach"]]
        value = p0[effect["effect"]] if effect["effect"] else 0.0
        match effect["operation"]:
            case "set" if today == 0:
                fresh.setdefault(target, []).append(level)
            case "set":
                effects.setdefault(target, []).append(level / today)
            case "scale":
                effects.setdefault(target, []).append(1 + a * (value - 1))
            case "reduce":
                effects.setdefault(target, []).append(max(1 - a * value, 0.0))
            case "hazard" if target == "absence_curve":
                week = float(effect["from_week"])
                for t, share in s0.items():
                    if t > week:
                        left = (share / s0[week]) ** (value - 1)
                        effects.setdefault(t, []).append((1 - a) + a * left)
            case "hazard":
                risk = p0[target]
                effects.setdefault(target, []).append(
                    (1 - a) + a * r(1 - (1 - risk) ** value, risk)
                )
    p = dict(p0)
    for name, several in fresh.items():
        left = 1.0
        for level in several:
            left *= 1 - level
        p[name] = several[0] if len(several) == 1 else 1 - left
    for name, several in effects.items():
        if isinstance(name, str):
            p[name] = p0[name] * joined(several, overlap)
    s = {
        t: share * joined(effects[t], overlap) if t in effects else share for t, share in s0.items()
    }
    return p, s


class Second:
    """The second calculation of one set of inputs."""

    def __init__(self, p: dict, published: dict, anchor="total", valuation="human_capital",
                 overlap="independent", presenteeism=False, stated=None,
                 calendar="plan"):  # fmt: skip
        self.p, self.valuation, self.overlap = p, valuation, overlap
        self.stated = stated or p  # base values of the assumptions, where p is a draw
        self.presenteeism, self.published, self.calendar = presenteeism, published, calendar
        held = p["tot_article"] == published["tot_article"]
        self.k = factor(published if held else p, anchor)
        self.today = Year(p, p, curve(p), self.k, 1.0, 1.0)

    def base(self) -> tuple[dict, dict, dict]:
        """(ledger, cash, health) of today."""
        return self._state(self.today, {}, 1.0)

    def in_force(self, levels: dict[str, float]) -> tuple[dict, dict, dict]:
        """(ledger, cash, health) at the fixed point."""
        p, s = applied(self.p, levels, self.overlap, self.stated)
        e = r(1 - self.p["course_recurrence"], 1 - p["course_recurrence"])
        if p["course_recurrence"] == self.p["course_recurrence"]:
            e = 1.0
        c = 1 + p["eff_walk_chronic"] * (e - 1)
        year = Year(p, self.p, s, self.k, e, c, self.today)
        return self._state(year, levels, year.inflow(self.today))

    def in_year(self, year: int) -> dict:
        """Section 9: parameters of the base case in budget year 1, 2, ..."""
        p, calendar = dict(self.p), self.p["first_year"] + year - 1
        held: dict[str, dict] = {}
        for row in sorted(BY_YEAR, key=lambda row: (int(row["year"]), row["status"])):
            if row["status"] in CALENDARS[self.calendar] and int(row["year"]) <= calendar:
                held[row["parameter"]] = row
        for name, row in held.items():
            base = self.stated[name]
            if base != self.published[name]:
                continue
            p[name] = self.p[name] * float(row["value"]) / base if base else float(row["value"])
            if row["prices"] == "nominal":
                p[name] /= self.growth(year, "prices")
        return p

    def years(self, levels: dict[str, float], n: int):
        """(ledger, cash, health) of each year, at the prices of the price year."""
        p0 = self.p
        q = p0["course_recurrence"]
        x = min(r(p0["course_chronic"] * self.today.E, self.today.C), 1.0)
        w = p0["sl_wia_exit"]
        e = c = u = 1.0
        cohorts: list[Year] = []
        inflow = [1.0] * int(p0["wia_delay_years"])
        for year in range(1, n + 1):
            now = {}
            for name, level in levels.items():
                today = today_of(LEVERS[name], self.stated)
                ramp = min(year / float(LEVERS[name]["ramp_years"]), 1.0)
                now[name] = today + ramp * (level - today)
            base = self.in_year(year)
            p, s = applied(base, now, self.overlap, self.stated)
            e = (1 - q) + p["course_recurrence"] * e
            c = c * (1 - x) + x * (1 + p["eff_walk_chronic"] * (e - 1))
            outcome = Year(p, p0, s, self.k, e, c, self.today)
            cohorts.insert(0, outcome)
            outcome.booked(cohorts, self.today)
            inflow.append(outcome.inflow(self.today))
            u = u * (1 - w) + w * inflow[year - 1]
            yield self._state(outcome, now, u, base)

    def nominal(self, year: int, ledger: dict) -> dict:
        """Section 9, of the state that was made last: (item, payer) -> nominal EUR of the year."""
        grown = {
            (item, payer): amount * self.growth(year, INDEX[item])
            for (item, payer), amount in ledger.items()
            if item != "programme"
        }
        for (index, payer), amount in self.programme.items():
            key = "programme", payer
            grown[key] = grown.get(key, 0.0) + amount * self.growth(year, index)
        return grown

    def growth(self, year: int, index: str) -> float:
        """Section 9."""
        p = self.p
        t = p["first_year"] + year - 1 - p["price_base_year"]
        if index == "work":
            return (1 + p["mac_wage_growth"]) ** t
        if index == "prices":
            return (1 + p["mac_price_growth"]) ** t
        ageing = (1 + p["mac_ageing_index"]) ** (t / p["mac_ageing_years"])
        return ageing * (1 + p["mac_price_growth"]) ** t

    def _state(self, year: Year, levels: dict, u: float, base=None) -> tuple[dict, dict, dict]:
        p, base = year.p, base or self.p
        costs = year.costs(self.today, u, self.valuation, self.presenteeism)
        ledger: dict[tuple[str, str], float] = {}
        for item, amount in costs.items():
            if item == "physiotherapy":
                for payer, part in year.physio.items():
                    ledger[item, payer] = amount * r(part, year.U)
                continue
            split = {row["payer"]: row["share"] for row in SPLIT if row["cost_item"] == item}
            named = {
                payer: self._share(base, name) for payer, name in split.items() if name != "rest"
            }
            whole = max(sum(named.values()), 1.0)
            for payer, share in named.items():
                ledger[item, payer] = amount * share / whole
            for payer, name in split.items():
                if name == "rest":
                    ledger[item, payer] = amount * max(1 - sum(named.values()), 0.0)
        self.programme = self._programme(year, levels, p)
        for (_, payer), amount in self.programme.items():
            ledger["programme", payer] = ledger.get(("programme", payer), 0.0) + amount
        return ledger, year.cash(u, ledger), year.health(self.today)

    def _share(self, p: dict, name: str) -> float:
        """Section 8: the share under the deductible moves with the deductible."""
        share = p[name]
        if name == "pay_ded_medical":
            share = 1 - (1 - share) ** r(p["ins_deductible"], p["pay_ded_at"])
        return share

    def _programme(self, year: Year, levels: dict, p: dict) -> dict[tuple[str, str], float]:
        """Section 7, programme cost: (what it grows with, payer) -> EUR a year."""
        paid: dict[tuple[str, str], float] = {}
        fixed: dict[str, tuple[float, str]] = {}
        for name, level in levels.items():
            lever = LEVERS[name]
            today = today_of(lever, self.stated)
            side = "above" if level > today else "below"
            if level == today or lever["programme_when"] != side:
                continue
            end = float(lever["max" if side == "above" else "min"])
            payer, name = lever["programme_payer"], lever["programme_fixed"]
            if name:
                effort = (level - today) / (end - today)
                fixed[name] = max(fixed.get(name, (0.0, "")), (effort, payer))
            unit = [part.strip() for part in lever["programme_unit"].split("*") if part.strip()]
            if unit:
                price = 1.0
                for part in unit:
                    price *= p[part]
                amount = price * abs(level - today) * self._people(lever, year)
                key = "prices" if lever["programme_population"] == "absent" else "care", payer
                paid[key] = paid.get(key, 0.0) + amount
        for name, (effort, payer) in fixed.items():
            paid["prices", payer] = paid.get(("prices", payer), 0.0) + p[name] * effort
        return paid

    def _people(self, lever: dict, year: Year) -> float:
        p0 = self.p
        match lever["programme_population"]:
            case "episodes":
                return year.E * year.e
            case "gp_patients":
                return year.A * year.e
            case "recovered":
                return year.E * year.e * (1 - p0["course_chronic"])
            case "absent":
                week = next(
                    int(row["from_week"])
                    for row in EFFECTS
                    if row["lever"] == lever["id"] and row["from_week"]
                )
                return year.n * curve(p0)[week]
            case "opioid_users" | "long_term_opioid_users" as who:
                both = p0["use_opioid_weak"] + p0["use_opioid_strong"]
                users = p0["use_opioid_recipients"] * p0["use_opioid_lbp_share"]
                return r(users * (p0["use_opioid_long"] if who.startswith("long") else 1), both)
        return 0.0
