"""People (docs/method.md, section 1), and the base-case values that a scenario needs."""

from __future__ import annotations

from benchmarks.openfisca_system.system import Quantity, ratio, variable

TODAY = (
    "course_recurrence", "use_xray", "use_mri_gp", "use_opioid_weak", "use_opioid_strong",
    "xrays", "mris", "referrals", "opioid_users", "use_rehab_patients", "spells_to_the_end",
    "sl_S6",
)  # fmt: skip


def _today(name):
    # in the base case itself; a scenario is given the value
    return variable(f"{name}_today", lambda draw, period: draw(name, period))


RULED = [_today(name) for name in TODAY]


class first_episodes(Quantity):
    def formula(draw, period):
        direct = draw("vol_physio_lbp", period) * draw("vol_direct_access", period)
        return draw("vol_gp_acute", period) + direct * draw("vol_direct_only", period)


class relative_episodes(Quantity):
    def formula(draw, period):
        return ratio(
            1 - draw("course_recurrence_today", period), 1 - draw("course_recurrence", period)
        )


class relative_chronic(Quantity):
    def formula(draw, period):
        return 1 + draw("eff_walk_chronic", period) * (draw("relative_episodes", period) - 1)


class episodes(Quantity):
    def formula(draw, period):
        return draw("first_episodes", period) * draw("relative_episodes", period)


class acute_patients(Quantity):
    def formula(draw, period):
        return draw("vol_gp_acute", period) * draw("relative_episodes", period)


class chronic_patients(Quantity):
    def formula(draw, period):
        return draw("vol_chronic_lbp_care", period) * draw("relative_chronic", period)


class patients_of_doctors_today(Quantity):
    def formula(draw, period):
        return draw("vol_gp_acute", period) + draw("vol_chronic_lbp_care", period)


class relative_patients_of_doctors(Quantity):
    def formula(draw, period):
        patients = draw("acute_patients", period) + draw("chronic_patients", period)
        return ratio(patients, draw("patients_of_doctors_today", period))
