"""Errors to plant in the model: each a small change of one line, as people make them.

(file, what stands, what is put in its place). The text must stand exactly once.
"""

ERRORS = {
    # sign
    "recurrence added to the first": ("people.py", "(1 - recurrence_today) + rec", "(1 + recurrence_today) + rec"),
    "savings of pictures added": ("care.py", "specialist - v.acute * fewer", "specialist + v.acute * fewer"),
    "elasticity reversed": ("care.py", "ratio(np.maximum(then, 0), np.maximum(free, 0))", "ratio(np.maximum(free, 0), np.maximum(then, 0))"),
    "treatment gain added to the loss": ("health.py", "loss - treatment_gain", "loss + treatment_gain"),
    "wage received twice": ("cash.py", '("wage_payment", "household"): -paid', '("wage_payment", "household"): paid'),
    # calendar years and views
    "every sick day in the year of onset": ("work.py", "later = start *", "later = 0 * start *"),
    "a year of the policy taken for today": ("work.py", "getattr(cohort, parts)[k]", "getattr(cohort, parts)[0]"),
    "nominal amounts discounted": ("result.py", "if view == CONSTANT else amount", "if view == NOMINAL else amount"),
    "a campaign grows with ageing": ("lever_effects.py", 'pay("prices", payer, p[fixed]', 'pay("care", payer, p[fixed]'),
    # reach
    "stratified care for everybody": ("work.py", "1 + by_gp * (p[", "1 + (p["),
    "one form paid twice": ("lever_effects.py", "np.maximum(efforts.get(key, 0.0), lever.effort(level))", "efforts.get(key, 0.0) + lever.effort(level)"),
    "the chronic stock follows": ("people.py", 'p["eff_walk_chronic"] * (episodes', "(episodes"),
    "walking paid for the chronic as well": ("model.py", "activity.episodes * stay", "activity.episodes"),
    "presenteeism cut at the friction period": ("work.py", "* (a.spell_weeks * resumed + a.chronic_weeks * week)", "* (acute + chronic)"),
    # unit
    "weeks taken for years": ("health.py", 'acute_weeks / p["weeks_year"] * p["qol_acute_loss"]', 'acute_weeks * p["qol_acute_loss"]'),
    "working days taken for calendar days": ("work.py", 'p["sl_chronic_days"] * p["days_week"] / p["work_days_week"]', 'p["sl_chronic_days"]'),
    "friction period in days, not weeks": ("work.py", 'friction_period=p["price_friction"] / p["days_week"]', 'friction_period=p["price_friction"]'),
    "sick days in calendar days": ("work.py", 'a.chronic_weeks) * p["work_days_week"]', 'a.chronic_weeks) * p["days_week"]'),
    # index
    "curve read one knot early": ("work.py", "return self.shares[self.weeks.index(week)]", "return self.shares[self.weeks.index(week) - 1]"),
    "end of wage payment one knot early": ("work.py", "return self.shares[-1]", "return self.shares[-2]"),
    "first year skipped": ("model.py", "for year in range(1, years + 1):", "for year in range(2, years + 2):"),
    "prices indexed from the first year": ("model.py", 'p["first_year"] + year - 1 - p["price_base_year"]', 'p["first_year"] + year - p["price_base_year"]'),
    "first year discounted": ("result.py", "rate ** (year - 1) for year", "rate ** year for year"),
    "disability a year early": ("model.py", "inflows[year - 1])", "inflows[year])"),
    # swapped
    "weak and strong opioids swapped": ("care.py", "ratio(strong, prescribed)", "ratio(weak, prescribed)"),
    "price of the other picture": ("care.py", '"mri": v.mri * p["price_mri"]', '"mri": v.mri * p["price_xray"]'),
    "employer and insurance swapped": ("payers.py", '"household_out_of_pocket"] = part * use.out', '"household_deductible"] = part * use.out'),
    "percentiles swapped": ("summary.py", '"p2_5": float(row[1]), "p97_5": float(row[5])', '"p2_5": float(row[5]), "p97_5": float(row[1])'),
    "wages and prices swapped": ("model.py", '"work": (1 + p["mac_wage_growth"])', '"work": (1 + p["mac_price_growth"])'),
    "difference the wrong way round": ("summary.py", "return pair[1] - pair[0] if", "return pair[0] - pair[1] if"),
    # dropped or doubled term
    "chronic patients forgotten among the seen": ("people.py", "seen = people.acute + people.chronic", "seen = people.acute"),
    "rehabilitation counted twice": ("care.py", "- pictures - overlap, 0)", "- pictures, 0)"),
    "opioids counted twice in medication": ("care.py", 'p["care_meds_total"] - opioids_today', 'p["care_meds_total"]'),
    "part-time resumption forgotten": ("work.py", "week * p[\"sl_partial\"]", "week"),
    "spells out of care forgotten": ("work.py", "episodes * relative + outside)", "episodes * relative)"),
    "programme cost forgotten": ("payers.py", 'rows["programme", payer] = amount', 'rows["programme", payer] = 0 * amount'),
    "disability under friction": ("work.py", "output if human else np.zeros_like(output)", "output"),
    "deductible spent already forgotten": ("care.py", '(1 - p["ins_ded_used"]) * part', "part"),
    # bounds and methods
    "friction without a limit": ("work.py", 'np.minimum(days, p["price_friction"])', "days"),
    "calibration without disability": ("model.py", "payers.add(costs.values()) - sick", "payers.add(costs.values()) - sick - costs['disability']"),
    "overlap: the smallest instead of the largest": ("lever_effects.py", "np.argmax(move, axis=0)", "np.argmin(move, axis=0)"),
    "additive: not bounded": ("lever_effects.py", "np.maximum(1 + np.sum(stack - 1, axis=0), 0)", "1 + np.sum(stack, axis=0)"),
    "hazard before the week, not after": ("work.py", "if t <= week", "if t >= week"),
    "hazard ratio squared": ("work.py", "(hazard_ratio - 1) *", "(hazard_ratio - 1) * 2 *"),
    "a rate multiplied by its level": ("lever_effects.py", "return level / lever.today", "return level"),
    "ramp a year late": ("lever_effects.py", "year / levers[", "(year - 1) / levers["),
    "one stream for all": ("draws.py", 'f"{seed}/{name}".encode()', 'f"{seed}".encode()'),
    "standard error taken for the interval": ("draws.py", "return width / (2 * TAIL) / size", "return width / size"),
    "rate for shape": ("draws.py", "special.gammaincinv(shape, u) * (mean / shape)", "special.gammaincinv(shape, u) * mean"),
    "share that is left, twice": ("payers.py", "rest = 1 - np.minimum(total, 1)", "rest = 1 - 0 * total"),
    "programme for the level, not the reach": ("levers.py", "self.reach(level) / (widest", "level / (widest"),
}  # fmt: skip
