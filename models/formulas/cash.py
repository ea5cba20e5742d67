"""Cash: who pays whom because of back pain, by flow and payer, beside the resource cost.

A second ledger that is never added to the first. Flows are EUR a year, paid positive and received
negative, arrays (draws,). Three kinds: a `transfer` sums to zero over the payers; a `purchase` goes
to whoever gives the care or runs the programme and equals the care of the resource ledger; `missed`
is income that nobody receives because nobody works, whose other side is the lost output of the
resource ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

CASH_PAYERS = ("employer", "uwv", "state", "insurer", "household")
KINDS = {
    "wage_payment": "transfer",
    "sickness_benefit": "transfer",
    "disability_benefit": "transfer",
    "tax_lost": "transfer",
    "wage_missed": "missed",
    "premium_lost": "missed",
    "insured_care": "purchase",
    "deductible": "purchase",
    "supplementary_care": "purchase",
    "own_payment": "purchase",
    "vat": "transfer",
    "programme": "purchase",
    "income_contribution": "transfer",
    "children_contribution": "transfer",
    "nominal_premium": "transfer",
    "supplementary_premium": "transfer",
}
TRANSFERS = ("wage_payment", "sickness_benefit", "disability_benefit")  # shown beside the costs
LEDGER_PAYERS = {  # cash payer -> its name in the resource ledger
    "employer": "employer",
    "uwv": "public_funds",
    "household": "household_out_of_pocket",
}
# resource payer of a programme -> who pays it in cash
PROGRAMME_PAYERS = {
    "basic_insurance": "insurer",
    "supplementary_insurance": "insurer",
    "employer": "employer",
    "public_funds": "state",
    "household_deductible": "household",
    "household_out_of_pocket": "household",
}

# cost items whose price includes VAT, which the resource ledger leaves out
TAXED = (("unproven_treatments", "household_out_of_pocket"),)

Flows = dict[tuple[str, str], np.ndarray]


@dataclass(frozen=True)
class Wages:
    """Gross wage of hours not worked, EUR a year; arrays (draws,)."""

    first_year: np.ndarray  # of sick leave, weeks 1-52 of a spell and days of chronic patients
    second_year: np.ndarray  # of sick leave, weeks 53-104 of a spell
    disabled: np.ndarray  # of people on disability benefit


def missed_wages(p, spell_weeks, first_year_weeks, chronic_weeks, stock) -> Wages:
    """Gross wages of the hours that are not worked, EUR a year.

    `spell_weeks` and `first_year_weeks`: calendar weeks of all spells together, to week 104 and to
    week 52. `chronic_weeks`: those of chronic patients. `stock`: disability benefits relative to
    today. An hour of a spell counts for `sl_partial`, because work is resumed in parts and hours
    worked are paid as work; a disabled person misses `sl_disability_output`. Wage: `mac_wage`, of
    jobs of `sl_hours_week` hours. Not counted: pension, and the self-employed apart.
    """
    week = p["sl_hours_week"] * p["mac_wage"]
    first = (first_year_weeks * p["sl_partial"] + chronic_weeks) * week
    second = (spell_weeks - first_year_weeks) * p["sl_partial"] * week
    return Wages(first, second, p["sl_wia_stock"] * stock * p["sl_disability_output"])


def insured_share(p, maximum, growth):
    """Part of all wages that lies below the maximum daily wage of benefits; share.

    Daily wages vary as a gamma of shape 2 round their mean m (coefficient of variation 0.71): the
    mean of min(wage, c) is m (1 - (1 + k) exp(-2k)) with k = c / m. `maximum` is in EUR of the
    year of its rule and `growth` the wage index of that year. Not counted: that people with back
    pain may earn less than the mean.
    """
    day = p["sl_hours_week"] * p["mac_wage"] / p["work_days_week"] * growth
    k = maximum / day
    return 1 - (1 + k) * np.exp(-2 * k)


def wage_payment(p, wages: Wages) -> np.ndarray:
    """What employers pay on during sickness, EUR a year, gross.

    For workers with an employer, all but `pay_uwv`: `pay_wage_year1` of the wage in the first 52
    weeks and `pay_wage_year2` in the second; the law asks 70%. Not counted: the employer's
    premiums and pension on it, which are due on any wage, and cover by an absence insurer, which
    comes out of employers' premiums.
    """
    paid = p["pay_wage_year1"] * wages.first_year + p["pay_wage_year2"] * wages.second_year
    return (1 - p["pay_uwv"]) * paid


def sickness_benefit(p, rules: Mapping, wages: Wages, insured) -> np.ndarray:
    """What UWV pays to the sick without an employer, EUR a year, gross: a share of capped wages.

    A share `pay_uwv` of the wages missed, paid at the share `sickness_benefit` of the dated
    `rules`, for the part `insured` (0 to 1) of wages below the maximum daily wage. Not counted:
    supplements up to the social minimum.
    """
    sick = wages.first_year + wages.second_year
    return p["pay_uwv"] * rules["sickness_benefit"] * sick * insured


def disability_benefit(p, rules: Mapping, wages: Wages, insured) -> np.ndarray:
    """What UWV (or an employer who bears the risk) pays after week 104, EUR a year, gross.

    A share `pay_iva_share` has the benefit for the fully and permanently disabled, the others that
    for the partly disabled, both of capped wages. Not counted: 75% in the first two months, and the
    lower benefit that follows for who uses less than half of what he can still earn.
    """
    permanent = p["pay_iva_share"]
    rate = permanent * rules["iva_benefit"] + (1 - permanent) * rules["wga_benefit"]
    return wages.disabled * rate * insured


def work_flows(p, rules: Mapping, wages: Wages, insured) -> Flows:
    """Flows of money that follow absence and disability, by (flow, payer).

    Tax is lost on what households no longer receive, at `pay_tax_rate`; premiums of the employee
    insurances are lost on wages that employers no longer pay (UWV pays them on its benefits to
    itself). Not counted: VAT on what is bought with wages, allowances, profit tax, and the
    contribution under the Health Insurance Act, whose rate is set so that it yields the same share
    of all income.
    """
    paid = wage_payment(p, wages)
    sick = sickness_benefit(p, rules, wages, insured)
    disabled = disability_benefit(p, rules, wages, insured)
    missed = wages.first_year + wages.second_year + wages.disabled
    tax = p["pay_tax_rate"] * (missed - paid - sick - disabled)
    large = p["pay_large_employer"]
    rate = large * rules["premium_large"] + (1 - large) * rules["premium_small"]
    return {
        ("wage_payment", "employer"): paid,
        ("wage_payment", "household"): -paid,
        ("sickness_benefit", "uwv"): sick,
        ("sickness_benefit", "household"): -sick,
        ("disability_benefit", "uwv"): disabled,
        ("disability_benefit", "household"): -disabled,
        ("tax_lost", "state"): tax,
        ("tax_lost", "household"): -tax,
        ("wage_missed", "household"): missed,
        ("premium_lost", "uwv"): rate * (missed - paid),
    }


def purchases(ledger: Mapping, is_care) -> Flows:
    """What is paid to those who give care and run programmes, by (flow, payer).

    `ledger` is the resource ledger, (cost item, payer) -> EUR a year; `is_care` tells of a cost
    item whether it is care. Their sum is the care of the resource ledger.
    """
    flows: Flows = {}

    def book(flow: str, payer: str, amount) -> None:
        key = flow, payer
        flows[key] = flows[key] + amount if key in flows else amount

    direct = {
        "basic_insurance": ("insured_care", "insurer"),
        "household_deductible": ("deductible", "household"),
        "supplementary_insurance": ("supplementary_care", "insurer"),
        "household_out_of_pocket": ("own_payment", "household"),
        "employer": ("own_payment", "employer"),
        "public_funds": ("own_payment", "state"),
    }
    for (item, payer), amount in ledger.items():
        if item == "programme":
            if payer in PROGRAMME_PAYERS:
                book("programme", PROGRAMME_PAYERS[payer], amount)
        elif is_care(item) and payer in direct:
            book(*direct[payer], amount)
    return flows


def premium_flows(p, rules: Mapping, insured, deductible, supplementary) -> Flows:
    """How insured spending is paid for by the rule of the Health Insurance Act, (flow, payer).

    `insured`: spending under the basic insurance, EUR a year, of which patients pay `deductible`.
    Income-related contributions are `contribution_share` of all income, the deductible included;
    the state pays `ins_children_share` for children; the nominal premium is what is left. So the
    insurer ends at zero. Employers pay `ins_employer_contribution` of the contributions, the
    self-employed and pensioners the rest. Not counted: reserves and fund balances of a single year,
    and the care allowance, which follows premium and average deductible.
    """
    contribution = rules["contribution_share"] * insured
    children = p["ins_children_share"] * insured
    nominal = insured - contribution - children - deductible
    employer = p["ins_employer_contribution"] * contribution
    return {
        ("income_contribution", "employer"): employer,
        ("income_contribution", "household"): contribution - employer,
        ("income_contribution", "insurer"): -contribution,
        ("children_contribution", "state"): children,
        ("children_contribution", "insurer"): -children,
        ("nominal_premium", "household"): nominal,
        ("nominal_premium", "insurer"): -nominal,
        ("supplementary_premium", "household"): supplementary,
        ("supplementary_premium", "insurer"): -supplementary,
    }


def vat_flows(p, ledger: Mapping) -> Flows:
    """VAT that buyers pay on top of the cost of taxed items, EUR a year, by (flow, payer)."""
    vat = sum(ledger[key] for key in TAXED if key in ledger) * p["vat_rate"]
    return {("vat", "household"): vat, ("vat", "state"): -vat}


def care_flows(p, rules: Mapping, ledger: Mapping, is_care) -> Flows:
    """Purchases of care and programmes, VAT on them, and the premiums for the insured part."""
    flows = purchases(ledger, is_care) | vat_flows(p, ledger)
    zero = np.zeros_like(p["ins_premium_payers"])

    def amount(flow: str, account: str) -> np.ndarray:
        return flows.get((flow, account), zero)

    deductible = amount("deductible", "household")
    insured = amount("insured_care", "insurer") + amount("programme", "insurer") + deductible
    supplementary = amount("supplementary_care", "insurer")
    return flows | premium_flows(p, rules, insured, deductible, supplementary)


def by_payer(flows: Flows) -> dict[str, np.ndarray]:
    """Sum of all flows of each payer, EUR a year; payments less receipts."""
    sums: dict[str, np.ndarray] = {}
    for (_, payer), amount in flows.items():
        sums[payer] = sums[payer] + amount if payer in sums else amount
    return sums


def per_adult(p, amount) -> np.ndarray:
    """EUR for each adult who pays a premium (`ins_premium_payers`)."""
    return amount / p["ins_premium_payers"]
