"""Charts: one question a file; `chart(result, words)` is pure and returns a Finished.

Charts of published figures take the same arguments and leave the result alone.

Long: a chart is found by its question, and two charts share too little to be one file.
"""

from __future__ import annotations

from dashboard.charts import (
    backcast,
    becoming_chronic,
    budget_by_payer,
    budget_impact,
    change_by_item,
    change_by_payer,
    compare,
    course_of_pain,
    cross_model,
    discs_without_pain,
    frontier,
    how_many_patients,
    imaged_and_serious,
    money_flow,
    opioid_effect,
    opioid_users,
    prevalence_by_age,
    prevention,
    reconciliation,
    recurrence,
    recurrence_within_a_year,
    sick_leave_by_source,
    sick_leave_curve,
    targets,
    today_by_item,
    today_by_payer,
    tornado,
    total_dots,
    totals_over_time,
    treatment_effects,
    treatments,
    variance_shares,
    verdicts,
    waterfall,
    who_pays_what,
    worth_of_knowing,
)

CHARTS = {
    module.__name__.rpartition(".")[2]: module.chart
    for module in (
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
        backcast,
        cross_model,
    )
}

# the charts of the evidence page by question
EVIDENCE = {
    "cost": ("total_dots", "sick_leave_by_source", "totals_over_time"),
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
