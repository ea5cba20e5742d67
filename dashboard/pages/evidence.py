"""The six questions of the article: three sentences, the pictures, where the sources disagree."""

import streamlit as st

from dashboard import panels, session
from dashboard.charts import CHARTS
from dashboard.show import show

SECTIONS = {
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


def page() -> None:
    now = session.now()
    words = now.words
    st.title(words("evidence.title"))
    st.html(panels.answer(words("evidence.lead"), [words("evidence.rest")]))
    for name, charts in SECTIONS.items():
        st.header(words(f"evidence.{name}.title"), anchor=name)
        st.write(words(f"evidence.{name}.text"))
        for chart in charts:
            show(CHARTS[chart](now.today, words), words)
        st.write(f"**{words('evidence.differ')}.** {words(f'evidence.{name}.differ')}")


page()
