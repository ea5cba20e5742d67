"""Errors to plant in the model: each a small change of one expression, as people make them.

(function, what it holds, what is put in its place), both as patterns of `tests/support/mutations`:
one capital letter stands for any expression, so that a local name may change and lines may be laid
out otherwise. The first pattern must fit exactly once in the function.
"""

ERRORS = {
    # sign
    "recurrence added to the first": ("people.next_episodes", "1 - A", "1 + A"),
    "savings of pictures added": (
        "care.care_costs",
        "A - B * P['eff_imaging_cascade']",
        "A + B * P['eff_imaging_cascade']",
    ),
    "elasticity reversed": ("care.demand", "A / B", "B / A"),
    "treatment gain added to the loss": ("health.health", "A - B", "A + B"),
    "wage received twice": (
        "formulas.cash.work_flows",
        "{('wage_payment', 'household'): -A}",
        "{('wage_payment', 'household'): A}",
    ),
    # unit
    "weeks taken for years": (
        "health.health",
        "A / P['weeks_year'] * P['qol_acute_loss']",
        "A * P['qol_acute_loss']",
    ),
    "working days taken for calendar days": (
        "work.absence",
        "P['sl_chronic_days'] * P['days_week'] / P['work_days_week']",
        "P['sl_chronic_days']",
    ),
    "friction period in days, not weeks": (
        "work.absence",
        "P['price_friction'] / P['days_week']",
        "P['price_friction']",
    ),
    "sick days in calendar days": ("work.sick_days", "P['work_days_week']", "P['days_week']"),
    # index
    "curve read one knot early": ("absence_curve.Curve.at", "A[B]", "A[B - 1]"),
    "end of wage payment one knot early": ("absence_curve.Curve.last", "A[-1]", "A[-2]"),
    "first year skipped": ("model.Model.years", "range(1, A + 1)", "range(2, A + 2)"),
    "prices indexed from the first year": (
        "model.Model.growth",
        "A - 1 - P['price_base_year']",
        "A - P['price_base_year']",
    ),
    "first year discounted": ("budget.BudgetImpact.discounts", "A ** (B - 1)", "A ** B"),
    "disability a year early": ("model.Model.years", "A[B - 1]", "A[B]"),
    # swapped
    "weak opioids forgotten in the long term": (
        "care.volumes",
        "D * ratio(A + B, C) * P['use_opioid_long']",
        "D * ratio(B, C) * P['use_opioid_long']",
    ),
    "price of the other picture": ("care.care_costs", "P['price_mri']", "P['price_xray']"),
    "household and deductible swapped": (
        "payers.ledger",
        "'household_out_of_pocket'",
        "'household_deductible'",
    ),
    "percentiles swapped": (
        "summary.quantity",
        "{'p2_5': A, 'p97_5': B}",
        "{'p2_5': B, 'p97_5': A}",
    ),
    "wages and prices swapped": (
        "model.Model.growth",
        "P['mac_wage_growth']",
        "P['mac_price_growth']",
    ),
    "difference the wrong way round": ("summary.choose", "A[1] - A[0]", "A[0] - A[1]"),
    # dropped or doubled term
    "chronic patients forgotten among the seen": (
        "people.patients_of_doctors",
        "A.acute + A.chronic",
        "A.acute",
    ),
    "rehabilitation counted twice": ("care.secondary_care_today", "A - B - C", "A - B"),
    "opioids counted twice in medication": (
        "care.care_costs",
        "P['care_meds_total'] - A",
        "P['care_meds_total']",
    ),
    "part-time resumption forgotten": ("work.work_costs", "A * P['sl_partial']", "A"),
    "spells out of care forgotten": ("work.absence", "A * B * C + D", "A * B * C"),
    "programme cost forgotten": (
        "payers.ledger",
        "A['programme', B] = C",
        "A['programme', B] = 0 * C",
    ),
    "disability under friction": ("work.work_costs", "A if B else np.zeros_like(A)", "A"),
    "deductible spent already forgotten": (
        "care.deductible_share",
        "(1 - P['ins_ded_used']) * A",
        "A",
    ),
    # calendar years and views
    "every sick day in the year of onset": (
        "absence_curve.weeks_by_year",
        "A * (B * (C / D - E) + F)",
        "0 * A * (B * (C / D - E) + F)",
    ),
    "the deductible of a year not in prices of the price year": (
        "by_year.Dated.in_year",
        "A / B if C else D",
        "D",
    ),
    "the deductible in force for every year": (
        "model.Model.years",
        "lever_effects.apply(A, B, C, D, E)",
        "lever_effects.apply(self.p, B, C, D, E)",
    ),
    "a year of the policy taken for today": (
        "work.CalendarYear._booked",
        "getattr(A, B)[C]",
        "getattr(A, B)[0]",
    ),
    "nominal amounts discounted": ("budget.BudgetImpact._in_view", "A == CONSTANT", "A == NOMINAL"),
    "a campaign grows with ageing": (
        "lever_effects.programme_costs",
        "F('prices', A, P[B] * C)",
        "F('care', A, P[B] * C)",
    ),
    # reach
    "stratified care for everybody": (
        "work.absence",
        "1 + A * (P['rel_days_care'] - 1)",
        "1 + (P['rel_days_care'] - 1)",
    ),
    "one form paid twice": (
        "lever_effects.programme_costs",
        "np.maximum(A.get(B, 0.0), C.effort(D))",
        "A.get(B, 0.0) + C.effort(D)",
    ),
    "the chronic stock follows": ("people.chronic_inflow", "P['eff_walk_chronic'] * A", "A"),
    "walking paid for the chronic as well": (
        "model.Model.participants",
        "A.episodes * B.episodes * C",
        "A.episodes * B.episodes",
    ),
    "presenteeism cut at the friction period": (
        "work.work_costs",
        "P['sl_presenteeism'] * (A.spell_weeks * B + A.chronic_weeks * C)",
        "P['sl_presenteeism'] * (A.spell_friction_weeks * B + A.chronic_friction_weeks * C)",
    ),
    # bounds and methods
    "friction without a limit": ("work.absence", "np.minimum(A, P['price_friction'])", "A"),
    "calibration without disability": (
        "model.calibration_factor",
        "payers.add(A.values()) - B",
        "payers.add(A.values()) - B - A['disability']",
    ),
    "overlap: the smallest instead of the largest": (
        "lever_effects.combine",
        "np.argmax(A, axis=0)",
        "np.argmin(A, axis=0)",
    ),
    "additive: not bounded": (
        "lever_effects.combine",
        "np.maximum(1 + np.sum(A - 1, axis=0), 0)",
        "1 + np.sum(A, axis=0)",
    ),
    "hazard before the week, not after": ("absence_curve.hazard_on_curve", "A <= B", "A >= B"),
    "hazard ratio squared": ("absence_curve.hazard_on_curve", "(A - 1) * B", "(A - 1) * 2 * B"),
    "a rate multiplied by its level": ("lever_effects._factor", "A / B.today", "A"),
    "ramp a year late": ("lever_effects.ramped", "A / B.ramp_years", "(A - 1) / B.ramp_years"),
    "one stream for all": ("draws.uniform", "f'{A}/{B}'", "f'{A}'"),
    "standard error taken for the interval": ("distributions.fit", "A / (2 * TAIL) / B", "A / B"),
    "rate for shape": (
        "distributions.quantile",
        "special.gammaincinv(A, B) * (C / A)",
        "special.gammaincinv(A, B) * C",
    ),
    "share that is left, twice": ("payers._split", "1 - np.minimum(A, 1)", "1 - 0 * A"),
    "programme for the level, not the reach": ("levers.Lever.effort", "A.reach(B) / C", "B / C"),
}
