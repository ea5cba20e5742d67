"""Charts: one question a file, named in its first line; `chart(result, words)` returns a `Chart`.

A chart is a pure function of a run and the texts of a language: amounts are EUR a year in the
result's price year, shown in millions or billions. It is None where there is nothing to draw, such
as a difference without a package. Charts of published figures take the same arguments and ignore
the result. `finish` raises ValueError for a chart without finding or source.

`today`: what back pain costs. `package`: what policies change. `uncertainty`: which doubt moves the
answer. `checks`: the model beside published figures. `published`: figures of others only. The other
files here are shared by the charts.
"""

from __future__ import annotations

from dashboard.charts.checks import backcast, cross_model, lineage, targets, verdicts
from dashboard.charts.package import (
    budget_by_payer,
    budget_impact,
    change_by_item,
    change_by_payer,
    compare,
    paying_price,
    ranking,
    recurrence,
    sick_leave_curve,
    waterfall,
)
from dashboard.charts.published import (
    becoming_chronic,
    course_of_pain,
    discs_without_pain,
    how_many_patients,
    imaged_and_serious,
    opioid_effect,
    opioid_users,
    prevalence_by_age,
    prevention,
    recurrence_within_a_year,
    treatment_effects,
    treatments,
)
from dashboard.charts.today import (
    field,
    money_flow,
    reconciliation,
    sick_leave_by_source,
    today_by_item,
    today_by_payer,
    total_dots,
    totals_over_time,
    who_pays_what,
)
from dashboard.charts.uncertainty import frontier, tornado, variance_shares, worth_of_knowing

CHARTS = {
    module.__name__.rpartition(".")[2]: module.chart
    for module in (
        field,
        money_flow,
        reconciliation,
        targets,
        today_by_item,
        today_by_payer,
        change_by_payer,
        change_by_item,
        waterfall,
        budget_impact,
        budget_by_payer,
        compare,
        paying_price,
        ranking,
        sick_leave_curve,
        variance_shares,
        tornado,
        worth_of_knowing,
        frontier,
        total_dots,
        sick_leave_by_source,
        totals_over_time,
        course_of_pain,
        how_many_patients,
        prevalence_by_age,
        imaged_and_serious,
        discs_without_pain,
        treatments,
        treatment_effects,
        recurrence,
        recurrence_within_a_year,
        becoming_chronic,
        opioid_users,
        opioid_effect,
        prevention,
        who_pays_what,
        verdicts,
        lineage,
        backcast,
        cross_model,
    )
}

# the charts of the evidence page by question
EVIDENCE = {
    "cost": ("total_dots", "sick_leave_by_source", "totals_over_time", "lineage"),
    "why": ("course_of_pain", "prevalence_by_age", "how_many_patients"),
    "picture": ("imaged_and_serious", "discs_without_pain"),
    "works": (
        *("treatments", "treatment_effects", "recurrence"),
        *("recurrence_within_a_year", "becoming_chronic"),
    ),
    "pills": ("opioid_users", "opioid_effect"),
    "posture": ("prevention",),
    "money": ("who_pays_what",),
}
