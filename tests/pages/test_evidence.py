"""Evidence page: every figure is that of its file, every source is named, nothing overlaps."""

import csv
import math
import re
from html import escape
from pathlib import Path

import pytest

import models
from dashboard.charts import CHARTS, EVIDENCE
from dashboard.charts.package.recurrence import implied
from dashboard.charts.published.series import cite, points, shares, spread
from dashboard.charts.squares import squares
from dashboard.charts.today.money_flow import HEAD, LINE, TALL
from dashboard.wording.catalogue import LANGUAGES, words_in
from tests.pages.test_app import html, page

DATA = Path(__file__).parents[2] / "data"
RESULT = models.run(draws=500)
EVERY = pytest.mark.parametrize("lang", LANGUAGES)
FILES = {
    "sick_leave_by_source": "sick_leave_by_source",
    "totals_over_time": "totals_over_time",
    "course_of_pain": "course_of_pain",
    "how_many_patients": "how_many_patients",
    "prevalence_by_age": "prevalence_by_age",
    "imaged_and_serious": "imaging_and_serious_cause",
    "discs_without_pain": "discs_without_pain",
    "treatments": "treatments",
    "treatment_effects": "treatments",
    "recurrence": "recurrence",
    "recurrence_within_a_year": "recurrence",
    "becoming_chronic": "becoming_chronic",
    "opioid_users": "opioids",
    "opioid_effect": "opioids",
    "prevention": "prevention",
    "who_pays_what": "who_pays_what",
}


def read(name: str) -> list[dict]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(name: str, lang: str = "nl"):
    return CHARTS[name](RESULT, words_in(lang))


# -- figures --------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("name", FILES)
def test_every_figure_of_a_chart_stands_in_its_file(name, lang):
    known = {
        (r["series"], r[f"label_{lang}"], r["x"] and float(r["x"]), r["source"], r["provenance"]): [
            float(r[column]) if r[column] else None for column in ("value", "low", "high")
        ]
        for r in read(f"series/{FILES[name]}")
    }
    chart = made(name, lang)
    assert len(chart.table.rows) == len(chart.data) > 1
    for row in chart.data:
        key = (row["series"], row["label"], row["x"] or "", row["source_key"], row["provenance"])
        key = key if row["x"] != 0 else (*key[:2], 0.0, *key[3:])
        assert [row[column] for column in ("value", "low", "high")] == known[key]


@pytest.mark.parametrize("name", FILES)
def test_every_source_of_a_chart_is_named_in_its_foot(name):
    chart = made(name, "en")
    for row in chart.data:
        assert row["cited"] in chart.source, row["source_key"]
        assert re.search(r"\b(19|20)\d\d\b|NCT", row["cited"]), row["cited"]


def test_every_source_of_a_series_or_claim_has_a_name_and_every_name_a_source():
    used = {row["source"] for row in read("claims")}
    used |= {
        r["source"] for path in (DATA / "series").glob("*.csv") for r in read(f"series/{path.stem}")
    }
    known = {row["key"] for row in read("sources")}
    for lang in LANGUAGES:
        named = {key.removeprefix("cite.") for key in words_in(lang).keys("cite.")}
        assert used <= named <= known


def test_an_open_dot_is_a_figure_that_was_not_seen():
    """Chronic: the Dutch study's middle is derived, Sydney is seen, the American is recalled."""
    dots = made("becoming_chronic").figure.data[-1]
    assert list(dots.x) == [0.125, 0.28, 0.32, 0.1]
    assert list(dots.marker.symbol) == ["circle-open", "circle", "circle-open", "circle-open"]


@EVERY
@pytest.mark.parametrize(("name", "marks"), [("opioid_effect", 0), ("treatment_effects", 1)])
def test_a_recalled_figure_is_marked_where_it_is_drawn(name, marks, lang):
    """Pain after an opioid and after a placebo; the range of exercise, which is dotted as well."""
    chart = made(name, lang)
    recalled = words_in(lang)("evidence.provenance.recalled")
    drawn = [note.text for note in chart.figure.layout.annotations if recalled in note.text]
    assert len(drawn) == marks
    if name == "treatment_effects":
        assert chart.figure.data[0].line.dash == "dot"


def test_discs_are_whole_to_fifty_and_dotted_to_eighty():
    whole, dotted = made("discs_without_pain").figure.data[:2]
    assert (list(whole.x), list(whole.y)) == ([20, 30, 40, 50], [0.37, 0.52, 0.68, 0.8])
    assert (list(dotted.x), list(dotted.y)) == ([50, 80], [0.8, 0.96])
    assert (whole.line.dash, dotted.line.dash) == ("solid", "dot")


def test_intervals_end_where_the_file_says():
    """Something serious: 11 of 1,172, 0.9% (0.5-1.7)."""
    lines = [t for t in made("imaged_and_serious").figure.data if t.mode == "lines+markers"]
    assert [list(line.x) for line in lines] == [[0.1, 0.15], [0.005, 0.017]]


def test_the_curve_through_a_median_is_half_there_and_a_quarter_at_twice():
    """0.5^(224/112) = 0.25; 0.5^(104/208) = 0.7071; after a year 0.5^(365/112) = 0.1045."""
    walking, control = points(
        "recurrence", words_in("nl"), "median_days_walking", "median_days_control"
    )
    by_day = {p.x: p for p in implied(control)}
    assert by_day[112].value == 0.5 and by_day[224].value == 0.25
    assert by_day[365].value == pytest.approx(0.1045, abs=1e-4)
    # at the ends of the interval of the median the band is a half as well
    assert by_day[140].high == 0.5
    assert implied(walking)[0].value == 1
    assert made("recurrence").figure.data[1].line.dash == "dash"


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("treatments", [6, 4, 46]),  # 56 treatments; exercise works in chronic, not in acute pain
        ("opioid_effect", [20, 80, 10, 90]),
        ("verdicts", [18, 15, 8]),
    ],
)
def test_squares_are_as_many_as_what_they_count(name, counts):
    figure = made(name).figure
    assert squares(figure) == counts
    for shape, n in zip(figure.layout.meta.get("wide", {}).get("shapes", []), counts, strict=False):
        assert shape["path"].count("Z") == n


def test_a_course_is_nine_and_a_half_sessions_long():
    """9.5 x 41.73 = 396.435."""
    bars = made("who_pays_what").figure.data
    course = bars[4]
    assert len(course.x) == 10
    assert course.base[-1] + course.x[-1] == pytest.approx(396.44)
    assert course.base[0] == 0 and course.base[1] == pytest.approx(41.73 + 2)
    assert made("who_pays_what").figure.layout.shapes[0].x0 == 385


def test_the_whole_range_is_said_once_with_its_unit():
    point = points("becoming_chronic", words_in("nl"))[0]
    assert spread(point, shares(words_in("nl"))) == "10–15%"
    assert shares(words_in("nl"))(0.009) == "0,9%"
    assert shares(words_in("en"))(0.333) == "33%"


def test_dollars_and_ceilings_are_not_drawn_among_euros():
    units = {row["unit"] for row in made("sick_leave_by_source").data}
    assert units == {"EUR/year"}
    assert max(row["value"] for row in made("sick_leave_by_source").data) == 3.08e9


# -- money ----------------------------------------------------------------------------------------


@EVERY
def test_the_flow_holds_every_euro_and_both_sides_are_equal(lang):
    chart = made("money_flow", lang)
    total = RESULT.headline["base_case_total"]["mean"]
    assert math.fsum(row["mean"] for row in chart.data) == pytest.approx(total, abs=0.01)
    items, payers = chart.figure.data
    for side in (items, payers):
        assert sum(side.y) == pytest.approx(TALL, abs=0.1)
    heads = [a.text for a in chart.figure.layout.annotations if a.y == HEAD / 2]
    assert len({re.search(r"<b>(.+)</b>", text)[1] for text in heads}) == 1


@EVERY
@pytest.mark.parametrize(
    "levers", [{}, {"physio_basic_package": 1.0, "return_to_work_support": 0.5}]
)
def test_labels_of_the_flow_do_not_overlap(lang, levers):
    result = models.run(levers=levers, draws=200)
    figure = CHARTS["money_flow"](result, words_in(lang)).figure
    for side in ("left", "right"):
        labels = sorted(
            (a.y, a.text.count("<br>") + 1) for a in figure.layout.annotations if a.xanchor == side
        )
        assert len(labels) > 5
        for (y, n), (other, m) in zip(labels, labels[1:], strict=False):
            assert other - y >= LINE * (n + m) / 2


def test_ribbons_fill_their_nodes():
    """The first ribbon starts at the top of the largest item; all together are the whole sum."""
    figure = made("money_flow").figure
    thick = 0.0
    for shape in figure.layout.shapes:
        ys = [float(y) for y in re.findall(r",(-?[\d.]+)", shape.path)]
        thick += ys[5] - ys[2]
        assert ys[4] - ys[3] == pytest.approx(0, abs=0.2) or ys[4] >= ys[3]
    assert thick == pytest.approx(TALL, abs=2)


def test_reconciliation_shows_what_others_published():
    """The article 4.0 billion; Lambeek 3.5 x 1.486 = 5.201 billion."""
    published = made("reconciliation").figure.data[1]
    assert list(published.x) == [4000, 5201]
    ends = (
        published.x[0] + published.error_x.array[0],
        published.x[0] - published.error_x.arrayminus[0],
    )
    assert ends == (5200, 3200)
    bars = [
        CHARTS["reconciliation"](models.run(anchor=anchor, draws=200), words_in("nl")).figure.data[
            0
        ]
        for anchor in ("total", "evidence")
    ]
    hatched = [[bool(shape) for shape in bar.marker.pattern.shape] for bar in bars]
    assert hatched == [[False] * 4 + [True, False], [False] * 6]  # weighing is no gap


def test_twenty_dots_are_twentieths_of_the_draws():
    chart = made("total_dots")
    today, counted = chart.figure.data
    assert len(today.x) == len(counted.x) == 20
    rows = [row["value"] for row in chart.data if row["step"] == "base_case"]
    assert rows == sorted(rows)
    draws = RESULT.base.total
    for i, value in enumerate(rows):
        assert (draws <= value).mean() == pytest.approx((i + 0.5) / 20, abs=0.003)
    assert list(today.x) == pytest.approx([value / 1e9 for value in rows], abs=0.126)


# -- the page -------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("name", EVIDENCE)
def test_each_question_is_answered_in_three_sentences(name, lang):
    text = words_in(lang)(f"evidence.{name}.text")
    assert len(re.findall(r"[.!?](?= |$)", text)) == 3


@EVERY
def test_one_question_is_open_with_its_charts_sources_and_tables(lang):
    words, test = words_in(lang), page("evidence", lang=lang)
    for name, charts in EVIDENCE.items():
        test.session_state["open-question"] = name
        test.run()
        assert not test.exception
        assert len(test.get("plotly_chart")) == html(test).count("<details>") == len(charts)
        assert all(chart.proto.alt for chart in test.get("plotly_chart"))
        differ = words(f"evidence.{name}.differ")  # the dispute comes first
        assert test.markdown[-1].value.endswith(words(f"evidence.{name}.text"))
        assert html(test).index(escape(differ)) < html(test).index('class="finding"><h2>')
        others = [words(f"evidence.{other}.differ") for other in EVIDENCE if other != name]
        assert not any(escape(text) in html(test) for text in others)
        assert test.query_params.get("question", name) in (name, [name])
    assert cite(points("who_pays_what", words), words)[:40] in html(test)


def test_a_question_that_is_not_there_is_said_so():
    test = page("evidence", question="<b>walking</b>")
    assert not test.exception
    assert any("<b>walking</b>" in text.value for text in test.text)
