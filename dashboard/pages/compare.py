"""Up to four packages side by side on one scale, with what each of them assumes."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

import models
from dashboard.address.link import HASH, share_query
from dashboard.address.names import LONGEST, package_name
from dashboard.charts.package.compare import compared as chart
from dashboard.parts.chart_block import show
from dashboard.parts.comparison_picker import candidates, chosen
from dashboard.parts.frame import perspective
from dashboard.templates import blocks
from dashboard.templates.multiples import multiples
from dashboard.visitor import session
from dashboard.visitor.choices import Choices, current
from dashboard.wording import comparison
from dashboard.wording import multiples as wording


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("compare.title"))
    side_by_side(choices)


def side_by_side(choices: Choices) -> None:
    words, view = choices.words, choices.state.perspective
    names = chosen(choices)
    if not names:
        st.write(words("compare.nothing"))
        return
    signed, levers = session.packages(), session.levers()
    others = [name for name in candidates(choices) if name not in names]
    named = comparison.labels([*names, *others], signed, levers, words, choices.state.name)

    def run_all(wanted) -> dict[str, models.Result]:
        levels = (comparison.levels_of(n, choices.state.levels, signed, levers) for n in wanted)
        return {
            named[n]: choices.run(level_set or {})
            for n, level_set in zip(wanted, levels, strict=True)
        }

    results, left = run_all(names), run_all(others)
    compared = chart(results, words, view, left)
    st.html(blocks.answer(compared.title, small=True))
    st.html(_panels(results, choices))
    st.caption(f"{words('compare.scale')} {words('compare.text')}")
    perspective.chooser(choices)
    if left:
        st.write(comparison.left_out(names, list(left), words))
    with st.expander(words("chart.printable"), key="printable_compare", on_change="rerun") as box:
        if box.open:
            show(compared, choices)
    with st.expander(words("compare.figures"), key="compare_figures", on_change="rerun") as box:
        if box.open:
            figures(results, left, choices)


def figures(results, left, choices: Choices) -> None:
    """Every figure of every package, and in which levels they differ."""
    words, view = choices.words, choices.state.perspective
    head, rows = comparison.outcomes(results, view, words, left)
    st.html(blocks.table(words("compare.outcomes"), [*head, *results], rows))
    head = [words("verdict.lever"), words("table.today"), *results]
    rows = comparison.settings(results, words)
    if rows:
        st.html(blocks.table(words("compare.settings"), head, rows))
    st.caption(comparison.same(next(iter(results.values())), words))


def _panels(results: Mapping[str, models.Result], choices: Choices) -> Markup:
    """The packages as small multiples; each opens in the simulator under its name."""
    words = choices.words
    panels = wording.panels(results, choices.state.perspective, words)
    for panel, result in zip(panels, results.values(), strict=True):
        state = replace(
            choices.state, levels=result.levels, name=package_name(panel["name"][:LONGEST]) or ""
        )
        query = share_query(state, result.assumptions_hash[:HASH])
        panel["link"] = "" if choices.not_in_link else f"simulator?{query}"
        panel["says"] = words("compare.panel.open", name=panel["name"])
    left, right = words("ranking.column.bar").split(" · ")
    return multiples(words("compare.title"), (left, right), panels)


page()
