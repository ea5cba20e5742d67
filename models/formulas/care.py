"""Care: volume x unit price for each cost item, EUR a year in the price year of the data."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from models.formulas.people import Groups, patients_of_doctors, ratio

ITEMS = (
    *("gp", "xray", "mri", "physiotherapy", "secondary_care", "opioids", "other_medication"),
    *("opioid_harm", "pain_rehabilitation", "unproven_treatments", "cannabis_extract"),
    "antibiotic",
)


@dataclass(frozen=True)
class Volumes:
    """What is used in a year; arrays (draws,)."""

    acute: np.ndarray  # patients who see the GP
    gp: np.ndarray  # consultations
    xray: np.ndarray  # pictures
    mri: np.ndarray  # scans
    sessions: np.ndarray  # physiotherapy sessions
    referrals: np.ndarray  # to a medical specialist
    opioid_users: np.ndarray  # persons
    long_term_opioid_users: np.ndarray  # persons
    rehabilitation: np.ndarray  # trajectories
    extra_physiotherapy_patients: np.ndarray  # persons, beyond today
    cannabis_patients: np.ndarray  # persons
    antibiotic_patients: np.ndarray  # persons


@dataclass(frozen=True)
class PhysiotherapyUse:
    """Use of physiotherapy by who pays, each part relative to all use today; arrays (draws,).

    In the base case the parts sum to 1.
    """

    supplementary: np.ndarray
    out_of_pocket: np.ndarray
    deductible: np.ndarray
    basic: np.ndarray

    @property
    def total(self) -> np.ndarray:
        return self.supplementary + self.out_of_pocket + self.deductible + self.basic


def deductible_share(p, deductible=None) -> np.ndarray:
    """Expected part of the cost of a physiotherapy course that falls under the deductible.

    `deductible` is in EUR a year; None: `ins_deductible`. Courses vary exponentially round the mean
    cost c = sessions x price, so the expected part under a deductible D is c (1 - exp(-D/c));
    nothing for the share of patients whose deductible is already used (`ins_ded_used`). Not
    counted: voluntary deductibles.
    """
    course = p["use_physio_sessions"] * p["price_physio"]
    part = 1 - np.exp(-ratio(p["ins_deductible"] if deductible is None else deductible, course))
    return np.where(course > 0, (1 - p["ins_ded_used"]) * part, 0.0)


def demand(p, share_now, share_then) -> np.ndarray:
    """Use relative to now when the share of the price that the patient pays changes.

    `share_now` and `share_then` run from 0 (free) to 1 (the full price). An arc from free care to
    full price: use at a share s is 1 + `ins_elasticity` s of use when free, not below
    `physio_least_use`. There and back again is no change, whatever the order of the steps.
    """
    now = np.maximum(1 + p["ins_elasticity"] * share_now, p["physio_least_use"])
    then = np.maximum(1 + p["ins_elasticity"] * share_then, p["physio_least_use"])
    return then / now


def physiotherapy_use(p, today) -> PhysiotherapyUse:
    """Who pays for physiotherapy and how use follows the price each group faces.

    Three groups go from their own share today (supplementary 0, self-paying 1, already basic the
    share under the deductible of `today`) to the share under the deductible of `p`. The levers are
    `pol_physio_package` (share of the first two groups that comes into the basic package) and
    `pol_deductible_exempt` (share of patients in the package who are exempt from the deductible).
    Not counted: premium effects of lapsing cover.
    """
    moved, exempt = p["pol_physio_package"], p["pol_deductible_exempt"]
    supplementary = p["ins_physio_cover"]
    basic = np.minimum(p["ins_basic_physio_today"], 1 - supplementary)
    own = 1 - supplementary - basic
    facing = deductible_share(p) * (1 - exempt)
    before = deductible_share(p, today["ins_deductible"])
    zero = np.zeros_like(before)
    in_package = (
        moved * supplementary * demand(p, zero, facing)
        + moved * own * demand(p, zero + 1, facing)
        + basic * demand(p, before, facing)
    )
    return PhysiotherapyUse(
        supplementary * (1 - moved),
        own * (1 - moved),
        in_package * facing,
        in_package * (1 - facing),
    )


def volumes(
    p, today, people: Groups, episodes, chronic, use: PhysiotherapyUse, use_today: PhysiotherapyUse
) -> Volumes:
    """Volumes of a year for relative numbers of episodes and chronic patients.

    `p` are the parameters of the scenario, `today` those of the base case. `episodes` and `chronic`
    are relative to the base case, whose persons are in `people`; `use` and `use_today` are relative
    to the use of today. Not counted: care of people who are in none of the three groups.
    """
    seen = people.acute + people.chronic
    mix = patients_of_doctors(people, episodes, chronic)
    by_doctor = 1 - p["vol_direct_access"]
    patients = p["vol_physio_lbp"] * (p["vol_direct_access"] * episodes + by_doctor * mix)
    weak, strong = p["use_opioid_weak"], p["use_opioid_strong"]
    prescribed = today["use_opioid_weak"] + today["use_opioid_strong"]
    back = p["use_opioid_recipients"] * p["use_opioid_lbp_share"] * mix
    acute = people.acute * episodes
    return Volumes(
        acute=acute,
        gp=acute * p["use_gp_consults"] + people.chronic * chronic * p["use_gp_consults_chronic"],
        xray=acute * p["use_xray"],
        mri=acute * p["use_mri_gp"],
        sessions=patients * p["use_physio_sessions"] * use.total,
        referrals=p["use_referral"] * seen * mix,
        opioid_users=back * ratio(weak + strong, prescribed),
        long_term_opioid_users=back * ratio(weak + strong, prescribed) * p["use_opioid_long"],
        rehabilitation=p["use_rehab_patients"],
        extra_physiotherapy_patients=patients * (use.total - use_today.total),
        cannabis_patients=p["pol_cannabis"] * p["vol_ver01_users"],
        antibiotic_patients=p["pol_antibiotic"] * people.chronic * chronic * p["vol_modic1"],
    )


def secondary_care_today(p, v: Volumes) -> np.ndarray:
    """Secondary care in the base case, EUR a year, without what is counted elsewhere; not below 0.

    `care_secondary_total` less the pictures that GPs ask for and the part of rehabilitation
    (`care_rehab_overlap`) that it holds too.
    """
    pictures = v.xray * p["price_xray"] + v.mri * p["price_mri"]
    overlap = p["care_rehab_overlap"] * v.rehabilitation * p["price_rehab_traject"]
    return np.maximum(p["care_secondary_total"] - pictures - overlap, 0)


def care_costs(p, today, v: Volumes, v_today: Volumes, mix) -> dict[str, np.ndarray]:
    """Cost items of care, EUR a year, arrays (draws,).

    Each is a volume times a unit price (`price_...`) or a published total that moves with its
    patients. `v` and `v_today` are the volumes of scenario and base case; `mix` are patients of
    doctors relative to today. A picture that is no longer made saves `eff_imaging_cascade` of
    specialist care too. Not counted: hospital-requested pictures apart (inside secondary care),
    over-the-counter medicines apart (inside medication), travel and time of patients, informal
    care.
    """
    fewer = today["use_xray"] + today["use_mri_gp"] - p["use_xray"] - p["use_mri_gp"]
    specialist = secondary_care_today(today, v_today) * ratio(v.referrals, v_today.referrals)
    opioids_today = v_today.opioid_users * today["price_opioid_year"]
    return {
        "gp": v.gp * p["price_gp"],
        "xray": v.xray * p["price_xray"],
        "mri": v.mri * p["price_mri"],
        "physiotherapy": v.sessions * p["price_physio"],
        "secondary_care": np.maximum(specialist - v.acute * fewer * p["eff_imaging_cascade"], 0),
        "opioids": v.opioid_users * p["price_opioid_year"],
        "other_medication": np.maximum(p["care_meds_total"] - opioids_today, 0) * mix,
        "opioid_harm": v.long_term_opioid_users * p["eff_opioid_harm_cost"],
        "pain_rehabilitation": v.rehabilitation * p["price_rehab_traject"],
        "unproven_treatments": unproven_treatments(p, mix),
        "cannabis_extract": v.cannabis_patients * p["price_ver01_year"],
        "antibiotic": v.antibiotic_patients * p["price_antibiotic_course"],
    }


def unproven_treatments(p, mix) -> np.ndarray:
    """What buyers pay for unproven treatments without VAT, EUR a year; VAT is a transfer.

    `care_unproven_total` is with VAT and moves with `mix`, patients of doctors relative to today.
    Not counted: what buyers enjoy of it, and what they would buy instead.
    """
    return p["care_unproven_total"] * mix / (1 + p["vat_rate"])


def days_by_care(p, today, people: Groups, episodes, v: Volumes) -> np.ndarray:
    """Sick days of those in care relative to today, through pictures and early physiotherapy.

    Trials gave ratios near 1 (`eff_early_physio_absence`, `eff_imaging_absence_rct`), so only the
    extra physiotherapy patients and the pictures no longer made (or newly made) are touched.
    `episodes` is relative to today. Not counted: effects of other care on sick leave, for which no
    trial was read.
    """
    extra = ratio(v.extra_physiotherapy_patients, people.episodes * episodes)
    pictures = p["use_xray"] + p["use_mri_gp"] - today["use_xray"] - today["use_mri_gp"]
    pictured = pictures * ratio(people.acute, people.episodes)
    early = 1 + extra * (p["eff_early_physio_absence"] - 1)
    imaged = 1 + pictured * (p["eff_imaging_absence_rct"] - 1)
    return np.maximum(early, 0) * np.maximum(imaged, 0)


def item_cost(p, names: tuple[str, ...], follows: str, episodes, chronic, mix) -> np.ndarray:
    """A cost item made by a row of cost_items.csv: the product of its parameters, EUR a year.

    `names` are the parameters; `follows` is episodes, chronic (the stock of chronic patients),
    patients (of doctors) or empty: the item is multiplied by that number relative to today, 1 =
    today. Not counted: any effect of a lever except through those parameters and numbers.
    """
    relative = {"episodes": episodes, "chronic": chronic, "patients": mix}
    amount = prod(p[name] for name in names)
    return amount * relative[follows] if follows in relative else amount
