"""Health beside money: people, days with pain, QALYs, and the volumes readers ask for."""

from __future__ import annotations

import numpy as np

MEASURES = {
    "episodes": "persons/year",
    "chronic_patients": "persons",
    "pain_days": "days/year",
    "qaly_loss": "QALY/year",
    "sick_days": "working days/year",
    "xrays": "pictures/year",
    "mris": "scans/year",
    "physiotherapy_sessions": "sessions/year",
    "referrals": "referrals/year",
    "opioid_users": "persons/year",
    "long_term_opioid_users": "persons/year",
    "people_at_risk_of_misuse": "persons/year",
    "research_expected_qaly": "QALY/year",
}


def treatment_gain(p, v, v_today) -> np.ndarray:
    """QALYs gained a year by treatments beyond today's, as trials found them.

    Volume beyond today x effect in points x value of a point (`qol_eq5d_pain`, `qol_eq5d_odi`,
    `qol_rmdq`) x how long it lasts. Opioids avoided (OPAL), extra physiotherapy patients (Fritz
    2015), rehabilitation (Kamper 2015), VER-01 (Karst 2025) and the antibiotic (AIM). Not counted:
    stratified care, whose English QALY gain a Dutch trial did not repeat; exercise for chronic
    pain.
    """
    point = p["qol_eq5d_pain"] * p["points_scale"]
    opioid = p["eff_opioid_pain"] * point * p["opioid_pain_weeks"] / p["weeks_year"]
    physio = (
        p["eff_early_physio_odi"] * p["qol_eq5d_odi"] * p["physio_benefit_weeks"] / p["weeks_year"]
    )
    rehabilitation = p["eff_rehab_pain"] * point * p["benefit_years"]
    return (
        (v.opioid_users - v_today.opioid_users) * opioid
        + v.extra_physiotherapy_patients * physio
        + (v.rehabilitation - v_today.rehabilitation) * rehabilitation
        + v.cannabis_patients * p["eff_ver01"] * point * p["benefit_years"]
        + v.antibiotic_patients * p["eff_antibiotic"] * p["qol_rmdq"] * p["benefit_years"]
    )


def health(p, people, episodes, chronic, v, v_today, sick_days) -> dict[str, np.ndarray]:
    """Health measures of a year, arrays (draws,), in the units of MEASURES.

    `episodes` and `chronic` are relative to the base case, whose persons are in `people`; `v` and
    `v_today` are the volumes of scenario and base case. The loss is `qol_acute_loss` during the
    weeks of an episode (`course_acute_weeks`) and `qol_chronic_loss` all year. Not counted: health
    of people who seek no care, side effects apart from misuse risk.
    """
    year = p["weeks_year"] * p["days_week"]
    acute_weeks = people.episodes * episodes * p["course_acute_weeks"]
    stock = people.chronic * chronic
    loss = acute_weeks / p["weeks_year"] * p["qol_acute_loss"] + stock * p["qol_chronic_loss"]
    return {
        "episodes": people.episodes * episodes,
        "chronic_patients": stock,
        "pain_days": acute_weeks * p["days_week"] + stock * year,
        "qaly_loss": loss - treatment_gain(p, v, v_today),
        "sick_days": sick_days,
        "xrays": v.xray,
        "mris": v.mri,
        "physiotherapy_sessions": v.sessions,
        "referrals": v.referrals,
        "opioid_users": v.opioid_users,
        "long_term_opioid_users": v.long_term_opioid_users,
        "people_at_risk_of_misuse": v.opioid_users * p["eff_opioid_misuse"],
        "research_expected_qaly": p["pol_research"]
        * p["eff_research_prob"]
        * stock
        * p["eff_research_uptake"]
        * p["eff_research_gain"],
    }
