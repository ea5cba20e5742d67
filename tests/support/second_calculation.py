"""The whole model a second time, in plain numbers, from docs/method.md and the data files alone.

Nothing of `models` is imported. Section numbers are those of docs/method.md. One draw: the base
values, or whatever values are given.

Long: one year, calculated in one class without anything of the model.
"""

from __future__ import annotations

import csv
from math import exp, expm1, log
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def base_values() -> dict[str, float]:
    """Parameter -> base value, of every table of assumptions."""
    return {
        row["parameter"]: float(row["base"])
        for path in sorted((DATA / "assumptions").glob("*.csv"))
        for row in rows(f"assumptions/{path.name}")
    }


LEVERS = {row["id"]: row for row in rows("levers.csv")}
EFFECTS = rows("lever_effects.csv")
SPLIT = rows("payer_shares.csv")
INDEX = {row["id"]: row["index"] for row in rows("cost_items.csv")}
CATEGORY = {row["id"]: row["category"] for row in rows("cost_items.csv")}
RULES = rows("dated_rules.csv")
BY_YEAR = rows("values_by_year.csv")
CALENDARS = {"plan": ("law", "plan"), "law": ("law",), "none": ()}
WEEKS = sorted(
    int(name[4:]) for name in base_values() if name.startswith("sl_S") and name[4:].isdigit()
)


def r(a: float, b: float) -> float:
    return a / b if b else 0.0


def curve(p: dict) -> dict[int, float]:
    return {0: 1.0, **{week: p[f"sl_S{week}"] for week in WEEKS}}


def mean_weeks(s: dict[int, float], end: float | None = None) -> float:
    """Section 5, curve."""
    total, knots = 0.0, sorted(s)
    for first, last in zip(knots, knots[1:], strict=False):
        length = last - first
        part = length if end is None else min(max(end - first, 0.0), length)
        h = log(s[first] / s[last])
        if h < 1e-12:
            total += s[first] * part
        else:
            total += s[first] * length * -expm1(-h * part / length) / h
    return total


def year_weeks(s: dict[int, float], year: float, end: float | None = None) -> list[float]:
    """Section 5, calendar years: mean weeks of a spell in the year it starts in, the next, ...

    D(n), the mean weeks up to n year ends, is the mean of M(v) for v from (n - 1) to n years,
    where M(v) is the mean weeks of the first v weeks of a spell.
    """
    last = max(s) if end is None else min(end, max(s))

    def area(v: float) -> float:
        """Integral of M from 0 to v; M is constant after the end."""
        total, reached, knots = 0.0, 0.0, sorted(s)
        for first, second in zip(knots, knots[1:], strict=False):
            length = second - first
            x = max(min(v, last, second) - first, 0.0)
            h = log(s[first] / s[second]) / length
            if h * x < 1e-4:  # a power series, where the closed form loses precision
                gained = s[first] * x * (1 - h * x / 2 + (h * x) ** 2 / 6)
                inside = s[first] * x * x * (1 / 2 - h * x / 6 + (h * x) ** 2 / 24)
            else:
                gained = s[first] * -expm1(-h * x) / h
                inside = (s[first] * x - gained) / h
            total += reached * x + inside
            reached += gained
        return total + reached * max(v - last, 0.0)

    years = range(int(-(-max(s) // year)) + 2)
    until = [area(n * year) / year for n in years]
    whole = [b - a for a, b in zip(until, until[1:], strict=False)]
    return [b - a for a, b in zip([0.0, *whole], whole, strict=False)]


class Year:
    """People, volumes, costs and health for given parameters and numbers relative to today."""

    def __init__(self, p: dict, p0: dict, s: dict, k: float, e: float, c: float, today=None):
        self.p, self.p0, self.s, self.e, self.c = p, p0, s, e, c
        now = today or self
        # 1. people, as they are today
        A, C = p0["vol_gp_acute"], p0["vol_chronic_lbp_care"]
        D = p0["vol_physio_lbp"] * p0["vol_direct_access"] * p0["vol_direct_only"]
        self.A, self.C, self.E = A, C, A + D
        self.mix = mix = r(A * e + C * c, A + C)
        # 2. physiotherapy
        course = p["use_physio_sessions"] * p["price_physio"]

        def under(deductible: float) -> float:
            return (1 - p["ins_ded_used"]) * (1 - exp(-deductible / course)) if course else 0.0

        d = under(p0["ins_deductible"])
        m, f = (
            p["pol_physio_package"],
            under(p["ins_deductible"]) * (1 - p["pol_deductible_exempt"]),
        )

        def g(a: float, b: float) -> float:
            least = p["physio_least_use"]
            use = [max(1 + p["ins_elasticity"] * share, least) for share in (a, b)]
            return use[1] / use[0]

        S = p["ins_physio_cover"]
        B = min(p["ins_basic_physio_today"], 1 - S)
        own = 1 - S - B
        package = m * S * g(0, f) + m * own * g(1, f) + B * g(d, f)
        self.physio = {
            "supplementary_insurance": S * (1 - m),
            "household_out_of_pocket": own * (1 - m),
            "household_deductible": package * f,
            "basic_insurance": package * (1 - f),
        }
        self.U = sum(self.physio.values())
        # 3. volumes
        N = p["vol_physio_lbp"] * (p["vol_direct_access"] * e + (1 - p["vol_direct_access"]) * mix)
        self.sessions = N * p["use_physio_sessions"] * self.U
        self.X = N * (self.U - now.U)
        self.consultations = A * e * p["use_gp_consults"] + C * c * p["use_gp_consults_chronic"]
        self.xrays, self.mris = A * e * p["use_xray"], A * e * p["use_mri_gp"]
        self.referrals = p["use_referral"] * (A + C) * mix
        both0 = p0["use_opioid_weak"] + p0["use_opioid_strong"]
        back = p["use_opioid_recipients"] * p["use_opioid_lbp_share"] * mix
        self.opioid_users = back * r(p["use_opioid_weak"] + p["use_opioid_strong"], both0)
        self.long_term = self.opioid_users * p["use_opioid_long"]
        self.rehabilitation = p["use_rehab_patients"]
        self.ver01 = p["pol_cannabis"] * p["vol_ver01_users"]
        self.antibiotic = p["pol_antibiotic"] * C * c * p["vol_modic1"]
        # 5. sick leave
        v = p["use_xray"] + p["use_mri_gp"] - p0["use_xray"] - p0["use_mri_gp"]
        z = max(1 + r(self.X, self.E * e) * (p["eff_early_physio_absence"] - 1), 0) * max(
            1 + v * r(A, self.E) * (p["eff_imaging_absence_rct"] - 1), 0
        )
        i = min(k, 1 + p["cal_care_reach"] * (k - 1))
        by_gp = 1 + r(A, self.E) * (p["rel_days_care"] - 1)
        self.n = self.E * p["sl_employed"] * p["sl_share"] * (i * e * by_gp * z + (k - i))
        self.friction = p["price_friction"] / p["days_week"]
        self.acute = self.n * mean_weeks(s)
        self.acute_friction = self.n * mean_weeks(s, self.friction)
        self.first = self.n * mean_weeks(s, p["weeks_year"])
        self.T = s[WEEKS[-1]]
        y = p["sl_chronic_days"] * p["days_week"] / p["work_days_week"]
        employed = C * p["sl_chronic_employed"] * (i * c + (k - i))
        self.R = employed * y / p["days_week"]
        self.Rf = employed * min(y, p["price_friction"]) / p["days_week"]

    def booked(self, cohorts: list[Year], today: Year) -> None:
        """Section 5, calendar years: weeks that fall in this year; `cohorts`, this year first."""

        def weeks(year: Year, end: float | None) -> list[float]:
            return [year.n * w for w in year_weeks(year.s, year.p["weeks_year"], end)]

        ends = {
            "acute": lambda year: None,
            "acute_friction": lambda year: year.friction,
            "first": lambda year: year.p["weeks_year"],
        }
        for name, end in ends.items():
            total = 0.0
            for age, now in enumerate(weeks(today, end(today))):
                year = cohorts[age] if age < len(cohorts) else None
                total += weeks(year, end(year))[age] if year else now
            setattr(self, name, total)

    def inflow(self, today: Year) -> float:
        """Section 5, disability: inflow relative to what holds the stock of today."""
        p, change = self.p, r(self.n * self.T, today.n * today.T) - 1
        new = p["sl_wia_inflow"] * p["sl_wia_lbp_share"]
        weight = r(new, p["sl_wia_stock"] * p["sl_wia_exit"])
        return max(1 + weight * p["eff_disability_follows"] * change, 0.0)

    def costs(self, today: Year, u: float, valuation: str, presenteeism: bool) -> dict:
        """Sections 4 and 5: cost item -> EUR a year."""
        p, p0 = self.p, self.p0
        H = max(
            p0["care_secondary_total"]
            - today.xrays * p0["price_xray"]
            - today.mris * p0["price_mri"]
            - p0["care_rehab_overlap"] * today.rehabilitation * p0["price_rehab_traject"],
            0.0,
        )
        fewer = p0["use_xray"] + p0["use_mri_gp"] - p["use_xray"] - p["use_mri_gp"]
        cascade = self.A * self.e * fewer * p["eff_imaging_cascade"]
        hour = p["sl_hours_week"] * p["price_hour"]
        human = valuation == "human_capital"
        acute = (self.acute if human else self.acute_friction) * hour * p["sl_partial"]
        chronic = (self.R if human else self.Rf) * hour
        all_leave = self.acute * hour * p["sl_partial"] + self.R * hour
        medication = p["care_meds_total"] - today.opioid_users * p0["price_opioid_year"]
        return {
            "gp": self.consultations * p["price_gp"],
            "xray": self.xrays * p["price_xray"],
            "mri": self.mris * p["price_mri"],
            "physiotherapy": self.sessions * p["price_physio"],
            "secondary_care": max(H * r(self.referrals, today.referrals) - cascade, 0.0),
            "opioids": self.opioid_users * p["price_opioid_year"],
            "other_medication": max(medication, 0.0) * self.mix,
            "opioid_harm": self.long_term * p["eff_opioid_harm_cost"],
            "pain_rehabilitation": self.rehabilitation * p["price_rehab_traject"],
            "unproven_treatments": p["care_unproven_total"] * self.mix / (1 + p["vat_rate"]),
            "cannabis_extract": self.ver01 * p["price_ver01_year"],
            "antibiotic": self.antibiotic * p["price_antibiotic_course"],
            "sick_leave_acute": acute,
            "sick_leave_chronic": chronic,
            "disability": p["sl_wia_stock"] * u * p["sl_disability_output"] if human else 0.0,
            "presenteeism": p["sl_presenteeism"] * all_leave if presenteeism else 0.0,
        }

    def cash(self, u: float, ledger: dict) -> dict:
        """Section 14: (flow, payer) -> EUR a year, at prices of the price year."""
        p, law = self.p, self.law()
        V = self.first
        week = p["sl_hours_week"] * p["mac_wage"]
        G1 = (V * p["sl_partial"] + self.R) * week
        G2 = (self.acute - V) * p["sl_partial"] * week
        Gd = p["sl_wia_stock"] * u * p["sl_disability_output"]
        M, y = law["max_daily_wage"]
        grown = (1 + p["mac_wage_growth"]) ** (y - p["price_base_year"])
        k = M / (week / p["work_days_week"] * grown)
        z = 1 - (1 + k) * exp(-2 * k)
        L = (1 - p["pay_uwv"]) * (p["pay_wage_year1"] * G1 + p["pay_wage_year2"] * G2)
        B = p["pay_uwv"] * law["sickness_benefit"][0] * (G1 + G2) * z
        iva, wga = law["iva_benefit"][0], law["wga_benefit"][0]
        D = Gd * (p["pay_iva_share"] * iva + (1 - p["pay_iva_share"]) * wga) * z
        G = G1 + G2 + Gd
        tax = p["pay_tax_rate"] * (G - L - B - D)
        large, small = law["premium_large"][0], law["premium_small"][0]
        rate = p["pay_large_employer"] * large + (1 - p["pay_large_employer"]) * small
        flows = {
            ("wage_payment", "employer"): L, ("wage_payment", "household"): -L,
            ("sickness_benefit", "uwv"): B, ("sickness_benefit", "household"): -B,
            ("disability_benefit", "uwv"): D, ("disability_benefit", "household"): -D,
            ("tax_lost", "state"): tax, ("tax_lost", "household"): -tax,
            ("wage_missed", "household"): G, ("premium_lost", "uwv"): rate * (G - L),
        }  # fmt: skip
        bought = {
            "basic_insurance": ("insured_care", "insurer"),
            "household_deductible": ("deductible", "household"),
            "supplementary_insurance": ("supplementary_care", "insurer"),
            "household_out_of_pocket": ("own_payment", "household"),
        }
        programmes = {"basic_insurance": "insurer", "employer": "employer",
                      "public_funds": "state"}  # fmt: skip
        for (item, payer), amount in ledger.items():
            if item == "programme":
                key = "programme", programmes[payer]
            elif CATEGORY[item] == "care":
                key = bought[payer]
            else:
                continue
            flows[key] = flows.get(key, 0.0) + amount
        vat = ledger["unproven_treatments", "household_out_of_pocket"] * p["vat_rate"]
        flows |= {("vat", "household"): vat, ("vat", "state"): -vat}
        d = flows.get(("deductible", "household"), 0.0)
        S = flows.get(("insured_care", "insurer"), 0.0) + d
        S += flows.get(("programme", "insurer"), 0.0)
        C, K = law["contribution_share"][0] * S, p["ins_children_share"] * S
        nominal, extra = S - C - K - d, flows.get(("supplementary_care", "insurer"), 0.0)
        employers = p["ins_employer_contribution"] * C
        return flows | {
            ("income_contribution", "employer"): employers,
            ("income_contribution", "household"): C - employers,
            ("income_contribution", "insurer"): -C,
            ("children_contribution", "state"): K, ("children_contribution", "insurer"): -K,
            ("nominal_premium", "household"): nominal, ("nominal_premium", "insurer"): -nominal,
            ("supplementary_premium", "household"): extra,
            ("supplementary_premium", "insurer"): -extra,
        }  # fmt: skip

    def law(self) -> dict[str, tuple[float, float]]:
        """Section 14, rules: rule -> (value, year) of the law in the first year of the budget."""
        rules: dict[str, tuple[float, float]] = {}
        for row in sorted(RULES, key=lambda row: float(row["year"])):
            if row["status"] != "law":
                continue
            if row["rule"] not in rules or float(row["year"]) <= self.p["first_year"]:
                rules[row["rule"]] = float(row["value"]), float(row["year"])
        return rules

    def health(self, today: Year) -> dict:
        """Section 10."""
        p = self.p
        weeks = self.E * self.e * p["course_acute_weeks"]
        stock = self.C * self.c
        point = p["qol_eq5d_pain"] * p["points_scale"]
        gain = (
            (self.opioid_users - today.opioid_users)
            * p["eff_opioid_pain"] * point * p["opioid_pain_weeks"] / p["weeks_year"]
            + self.X * p["eff_early_physio_odi"] * p["qol_eq5d_odi"]
            * p["physio_benefit_weeks"] / p["weeks_year"]
            + (self.rehabilitation - today.rehabilitation)
            * p["eff_rehab_pain"] * point * p["benefit_years"]
            + self.ver01 * p["eff_ver01"] * point * p["benefit_years"]
            + self.antibiotic * p["eff_antibiotic"] * p["qol_rmdq"] * p["benefit_years"]
        )  # fmt: skip
        return {
            "episodes": self.E * self.e,
            "chronic_patients": stock,
            "pain_days": weeks * p["days_week"] + stock * p["weeks_year"] * p["days_week"],
            "qaly_loss": weeks / p["weeks_year"] * p["qol_acute_loss"]
            + stock * p["qol_chronic_loss"] - gain,
            "sick_days": (self.acute + self.R) * p["work_days_week"],
            "xrays": self.xrays,
            "mris": self.mris,
            "physiotherapy_sessions": self.sessions,
            "referrals": self.referrals,
            "opioid_users": self.opioid_users,
            "long_term_opioid_users": self.long_term,
            "people_at_risk_of_misuse": self.opioid_users * p["eff_opioid_misuse"],
            "research_expected_qaly": p["pol_research"] * p["eff_research_prob"] * stock
            * p["eff_research_uptake"] * p["eff_research_gain"],
        }  # fmt: skip
