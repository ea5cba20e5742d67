"""Health measures (method 10)."""

from __future__ import annotations

from benchmarks.openfisca_system.system import Quantity


class acute_weeks(Quantity):
    def formula(draw, period):
        return draw("episodes", period) * draw("course_acute_weeks", period)


class pain_days(Quantity):
    def formula(draw, period):
        chronic = draw("chronic_patients", period) * draw("weeks_year", period)
        return (draw("acute_weeks", period) + chronic) * draw("days_week", period)


class sick_days(Quantity):
    def formula(draw, period):
        return draw("weeks_lost", period) * draw("work_days_week", period)


class utility_of_a_point_of_pain(Quantity):
    def formula(draw, period):
        return draw("qol_eq5d_pain", period) * draw("points_scale", period)


class gain_by_fewer_opioids(Quantity):
    def formula(draw, period):
        fewer = draw("opioid_users", period) - draw("opioid_users_today", period)
        point = draw("eff_opioid_pain", period) * draw("utility_of_a_point_of_pain", period)
        return fewer * point * draw("opioid_pain_weeks", period) / draw("weeks_year", period)


class gain_by_physiotherapy(Quantity):
    def formula(draw, period):
        utility = draw("eff_early_physio_odi", period) * draw("qol_eq5d_odi", period)
        years = draw("physio_benefit_weeks", period) / draw("weeks_year", period)
        return draw("extra_physiotherapy_patients", period) * utility * years


class gain_by_treatments_of_chronic_pain(Quantity):
    def formula(draw, period):
        more = draw("use_rehab_patients", period) - draw("use_rehab_patients_today", period)
        point = draw("utility_of_a_point_of_pain", period)
        rehabilitation = more * draw("eff_rehab_pain", period) * point
        extract = draw("cannabis_patients", period) * draw("eff_ver01", period) * point
        antibiotic = draw("antibiotic_patients", period) * draw("eff_antibiotic", period)
        utility = rehabilitation + extract + antibiotic * draw("qol_rmdq", period)
        return utility * draw("benefit_years", period)


class qaly_loss(Quantity):
    def formula(draw, period):
        acute = draw("acute_weeks", period) * draw("qol_acute_loss", period)
        return (
            acute / draw("weeks_year", period)
            + draw("chronic_patients", period) * draw("qol_chronic_loss", period)
            - draw("gain_by_fewer_opioids", period)
            - draw("gain_by_physiotherapy", period)
            - draw("gain_by_treatments_of_chronic_pain", period)
        )


class people_at_risk_of_misuse(Quantity):
    def formula(draw, period):
        return draw("opioid_users", period) * draw("eff_opioid_misuse", period)


class research_expected_qaly(Quantity):
    def formula(draw, period):
        chance = draw("pol_research", period) * draw("eff_research_prob", period)
        gain = draw("eff_research_uptake", period) * draw("eff_research_gain", period)
        return chance * draw("chronic_patients", period) * gain
