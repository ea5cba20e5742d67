"""Volumes (method 3) and the cost of care (method 4)."""

from __future__ import annotations

import numpy as np

from benchmarks.openfisca_system.system import Quantity, ratio, variable


class consultations(Quantity):
    def formula(draw, period):
        acute = draw("acute_patients", period) * draw("use_gp_consults", period)
        chronic = draw("chronic_patients", period) * draw("use_gp_consults_chronic", period)
        return acute + chronic


class referrals(Quantity):
    def formula(draw, period):
        patients = draw("acute_patients", period) + draw("chronic_patients", period)
        return draw("use_referral", period) * patients


class opioids_prescribed_today(Quantity):
    def formula(draw, period):
        return draw("use_opioid_weak_today", period) + draw("use_opioid_strong_today", period)


class opioid_users_at_todays_share(Quantity):
    def formula(draw, period):
        back = draw("use_opioid_recipients", period) * draw("use_opioid_lbp_share", period)
        return back * draw("relative_patients_of_doctors", period)


class opioid_users(Quantity):
    def formula(draw, period):
        prescribed = draw("use_opioid_weak", period) + draw("use_opioid_strong", period)
        relative = ratio(prescribed, draw("opioids_prescribed_today", period))
        return draw("opioid_users_at_todays_share", period) * relative


class antibiotic_patients(Quantity):
    def formula(draw, period):
        eligible = draw("chronic_patients", period) * draw("vol_modic1", period)
        return draw("pol_antibiotic", period) * eligible


class fewer_pictures(Quantity):
    """Share of acute patients who get no X-ray or MRI although they do today."""

    def formula(draw, period):
        today = draw("use_xray_today", period) + draw("use_mri_gp_today", period)
        return today - draw("use_xray", period) - draw("use_mri_gp", period)


class secondary_care_today(Quantity):
    """Without the pictures and the rehabilitation that are counted elsewhere."""

    def formula(draw, period):
        pictures = draw("xrays_today", period) * draw("price_xray", period)
        pictures += draw("mris_today", period) * draw("price_mri", period)
        overlap = draw("care_rehab_overlap", period) * draw("use_rehab_patients_today", period)
        rehabilitation = overlap * draw("price_rehab_traject", period)
        return np.maximum(draw("care_secondary_total", period) - pictures - rehabilitation, 0)


class secondary_care(Quantity):
    def formula(draw, period):
        relative = ratio(draw("referrals", period), draw("referrals_today", period))
        cascade = draw("fewer_pictures", period) * draw("eff_imaging_cascade", period)
        avoided = draw("acute_patients", period) * cascade
        return np.maximum(draw("secondary_care_today", period) * relative - avoided, 0)


class other_medication(Quantity):
    def formula(draw, period):
        opioids = draw("opioid_users_today", period) * draw("price_opioid_year", period)
        total = np.maximum(draw("care_meds_total", period) - opioids, 0)
        return total * draw("relative_patients_of_doctors", period)


class unproven_treatments(Quantity):
    """Without VAT, which is a transfer."""

    def formula(draw, period):
        paid = draw("care_unproven_total", period) * draw("relative_patients_of_doctors", period)
        return paid / (1 + draw("vat_rate", period))


class vat(Quantity):
    def formula(draw, period):
        return draw("unproven_treatments", period) * draw("vat_rate", period)


def _product(name, *factors):
    def formula(draw, period):
        product = draw(factors[0], period)
        for factor in factors[1:]:
            product = product * draw(factor, period)
        return product

    return variable(name, formula)


RULED = [
    _product("xrays", "acute_patients", "use_xray"),
    _product("mris", "acute_patients", "use_mri_gp"),
    _product("cannabis_patients", "pol_cannabis", "vol_ver01_users"),
    _product("gp", "consultations", "price_gp"),
    _product("xray", "xrays", "price_xray"),
    _product("mri", "mris", "price_mri"),
    _product("physiotherapy", "physiotherapy_sessions", "price_physio"),
    _product("opioids", "opioid_users", "price_opioid_year"),
    _product("long_term_opioid_users", "opioid_users", "use_opioid_long"),
    _product("opioid_harm", "long_term_opioid_users", "eff_opioid_harm_cost"),
    _product("pain_rehabilitation", "use_rehab_patients", "price_rehab_traject"),
    _product("cannabis_extract", "cannabis_patients", "price_ver01_year"),
    _product("antibiotic", "antibiotic_patients", "price_antibiotic_course"),
]
