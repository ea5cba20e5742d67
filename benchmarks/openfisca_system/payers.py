"""Who pays: a variable for each cost item and payer (method 8), and programmes."""

from __future__ import annotations

import numpy as np

from benchmarks.openfisca_system.system import Quantity, ratio, variable

INSURED = (
    "xray", "mri", "secondary_care", "opioids", "other_medication", "opioid_harm",
    "pain_rehabilitation", "cannabis_extract", "antibiotic",
)  # fmt: skip
PHYSIOTHERAPY = (
    "supplementary_insurance", "household_out_of_pocket", "household_deductible",
    "basic_insurance",
)  # fmt: skip


class people_on_opioids_today(Quantity):
    def formula(draw, period):
        return draw("use_opioid_recipients", period) * draw("use_opioid_lbp_share", period)


class programme_by_basic_insurance(Quantity):
    """Moving physiotherapy into the package, stopping opioids, the walking programme."""

    def formula(draw, period):
        stops = ratio(
            draw("people_on_opioids_today", period), draw("opioids_prescribed_today", period)
        )
        course = draw("price_physio", period) * draw("walk_sessions", period)
        recovered = draw("episodes", period) * (1 - draw("course_chronic", period))
        walkers = draw("reach_walking_programme", period) * recovered
        return (
            draw("physio_admin_cost", period) * draw("effort_physio_basic_package", period)
            + draw("opioid_stop_cost", period)
            * draw("use_opioid_long", period)
            * stops
            * draw("reach_opioid_share", period)
            + course * walkers
        )


class programme_by_employer(Quantity):
    """Return-to-work support of those absent at week 6."""

    def formula(draw, period):
        absent = draw("spells", period) * draw("sl_S6_today", period)
        supported = absent * draw("reach_return_to_work_support", period)
        return supported * draw("eff_rtw_cost", period) * draw("eff_rtw_additional", period)


class programme_by_public_funds(Quantity):
    """Requests for pictures, the campaign, research."""

    def formula(draw, period):
        return (
            draw("imaging_form_cost", period) * draw("effort_imaging_red_flags_only", period)
            + draw("eff_campaign_cost", period) * draw("effort_public_campaign", period)
            + draw("eff_research_cost", period) * draw("effort_research_programme", period)
        )


class share_under_the_deductible(Quantity):
    def formula(draw, period):
        times = ratio(draw("ins_deductible", period), draw("pay_ded_at", period))
        return 1 - (1 - draw("pay_ded_medical", period)) ** times


def _insured(item):
    def deductible(draw, period):
        return draw(item, period) * draw("share_under_the_deductible", period)

    def rest(draw, period):
        return draw(item, period) * (1 - draw("share_under_the_deductible", period))

    yield variable(f"{item}_by_household_deductible", deductible)
    yield variable(f"{item}_by_basic_insurance", rest)


def _physiotherapy(payer):
    def formula(draw, period):
        price = draw("physiotherapy", period) / draw("physiotherapy_use", period)
        return price * draw(f"physiotherapy_{payer}", period)

    return variable(f"physiotherapy_by_{payer}", formula)


def _sick_leave(item):
    def employer(draw, period):
        return draw(item, period) * np.minimum(draw("pay_employer", period), 1)

    def rest(draw, period):
        return draw(item, period) * (1 - np.minimum(draw("pay_employer", period), 1))

    yield variable(f"{item}_by_employer", employer)
    yield variable(f"{item}_by_lost_output", rest)


def _whole(item, payer):
    return variable(f"{item}_by_{payer}", lambda draw, period: draw(item, period))


RULED = [
    _whole("gp", "basic_insurance"),
    _whole("unproven_treatments", "household_out_of_pocket"),
    _whole("disability", "lost_output"),
    *(variable for item in INSURED for variable in _insured(item)),
    *(_physiotherapy(payer) for payer in PHYSIOTHERAPY),
    *(
        variable
        for item in ("sick_leave_acute", "sick_leave_chronic")
        for variable in _sick_leave(item)
    ),
]
