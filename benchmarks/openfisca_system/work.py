"""Sick leave and disability, human capital (method 5)."""

from __future__ import annotations

import numpy as np

from benchmarks.openfisca_system.system import Quantity, ratio

WEEKS = (2, 4, 6, 12, 26, 52, 104)


class weeks_absent(Quantity):
    def formula(draw, period):
        total, start, share = 0, 0, 1
        for end in WEEKS:
            still = draw(f"sl_S{end}", period)
            fall = np.log(share / still)
            total = total + (share - still) * (end - start) / fall
            start, share = end, still
        return total


class factor_in_care(Quantity):
    def formula(draw, period):
        factor = draw("calibration_factor", period)
        return np.minimum(factor, 1 + draw("cal_care_reach", period) * (factor - 1))


class factor_elsewhere(Quantity):
    def formula(draw, period):
        return draw("calibration_factor", period) - draw("factor_in_care", period)


class relative_days_by_care(Quantity):
    def formula(draw, period):
        extra = ratio(draw("extra_physiotherapy_patients", period), draw("episodes", period))
        acute = ratio(draw("vol_gp_acute", period), draw("first_episodes", period))
        pictured = -draw("fewer_pictures", period) * acute
        return (1 + extra * (draw("eff_early_physio_absence", period) - 1)) * (
            1 + pictured * (draw("eff_imaging_absence_rct", period) - 1)
        )


class spells(Quantity):
    def formula(draw, period):
        employed = draw("sl_employed", period) * draw("sl_share", period)
        by_gp = ratio(draw("vol_gp_acute", period), draw("first_episodes", period))
        stratified = 1 + by_gp * (draw("rel_days_care", period) - 1)
        days = stratified * draw("relative_days_by_care", period)
        in_care = draw("factor_in_care", period) * draw("relative_episodes", period) * days
        factor = in_care + draw("factor_elsewhere", period)
        return draw("first_episodes", period) * employed * factor


class spells_to_the_end(Quantity):
    def formula(draw, period):
        return draw("spells", period) * draw(f"sl_S{WEEKS[-1]}", period)


class chronic_weeks(Quantity):
    def formula(draw, period):
        in_care = draw("factor_in_care", period) * draw("relative_chronic", period)
        factor = in_care + draw("factor_elsewhere", period)
        employed = draw("vol_chronic_lbp_care", period) * draw("sl_chronic_employed", period)
        return employed * factor * draw("sl_chronic_days", period) / draw("work_days_week", period)


class weeks_lost(Quantity):
    def formula(draw, period):
        acute = draw("spells", period) * draw("weeks_absent", period)
        return acute + draw("chronic_weeks", period)


class value_of_a_week(Quantity):
    def formula(draw, period):
        return draw("sl_hours_week", period) * draw("price_hour", period)


class sick_leave_acute(Quantity):
    def formula(draw, period):
        weeks = draw("spells", period) * draw("weeks_absent", period)
        return weeks * draw("value_of_a_week", period) * draw("sl_partial", period)


class sick_leave_chronic(Quantity):
    def formula(draw, period):
        return draw("chronic_weeks", period) * draw("value_of_a_week", period)


class relative_disability(Quantity):
    def formula(draw, period):
        reached = ratio(draw("spells_to_the_end", period), draw("spells_to_the_end_today", period))
        new = draw("sl_wia_inflow", period) * draw("sl_wia_lbp_share", period)
        lasting = ratio(new, draw("sl_wia_stock", period) * draw("sl_wia_exit", period))
        return np.maximum(1 + lasting * draw("eff_disability_follows", period) * (reached - 1), 0)


class disability(Quantity):
    def formula(draw, period):
        stock = draw("sl_wia_stock", period) * draw("relative_disability", period)
        return stock * draw("sl_disability_output", period)
