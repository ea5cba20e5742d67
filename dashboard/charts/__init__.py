"""Charts: one question a file; `chart(result, words)` is pure and returns a Finished."""

from __future__ import annotations

from dashboard.charts import (
    budget_impact,
    change_by_item,
    change_by_payer,
    reconciliation,
    sick_leave_curve,
    today_by_item,
    today_by_payer,
)

CHARTS = {
    module.__name__.rpartition(".")[2]: module.chart
    for module in (
        today_by_item,
        today_by_payer,
        reconciliation,
        change_by_payer,
        change_by_item,
        budget_impact,
        sick_leave_curve,
    )
}
