"""Every chart: complete or not at all, the same figures as its data, small, and legible to all."""

import itertools
import re

import plotly.graph_objects as go
import pytest

import models
from dashboard.charts import CHARTS
from dashboard.charts.finish import Table, finish, plain
from dashboard.charts.style import BACKGROUND, COLOURS, GRID, INK, SEPARATORS, TEMPLATES
from dashboard.wording.catalogue import LANGUAGES, words_in
from tests.support.colours import SIGHT, contrast, distance

PACKAGE = {"return_to_work_support": 0.5, "physio_basic_package": 1.0, "xray_share": 0.05}
RESULT = models.run(levers=PACKAGE, draws=500)
WORDS = words_in("nl")
WHOLE = {
    "id": "one",
    "title": "Een bevinding",
    "subtitle": "EUR miljoen per jaar, prijzen van 2024",
    "source": "Bron: een bron.",
    "alt": "Een staaf.",
    "table": Table("Bijschrift", ["Post", "Bedrag"], [("zorg", "1")]),
    "data": [{"post": "zorg", "mean": 1.0}],
}
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


def made(name: str, lang: str, result=RESULT):
    return CHARTS[name](result, words_in(lang))


@pytest.mark.parametrize("part", ["id", "title", "subtitle", "source", "alt"])
def test_a_chart_without_a_text_cannot_be_made(part):
    with pytest.raises(ValueError, match=part):
        finish(go.Figure(), **WHOLE | {part: "  "}, result=RESULT, words=WORDS)


def test_a_chart_without_table_or_data_cannot_be_made():
    empty = {"table": Table("Bijschrift", ["Post"], []), "data": []}
    with pytest.raises(ValueError, match="table, data"):
        finish(go.Figure(), **WHOLE | empty, result=RESULT, words=WORDS)


@EVERY
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_carries_all_that_makes_it_printable(name, lang):
    chart = made(name, lang)
    assert chart.id == name
    assert models.VERSION in chart.mark
    if RESULT.scenario_id in chart.mark:
        assert RESULT.assumptions_hash[:12] in chart.mark
    assert chart.figure.layout.separators == SEPARATORS[lang]
    texts = (chart.title, chart.subtitle, chart.source, chart.alt, chart.table.caption)
    assert not any("{" in text or "nan" in text.lower().split() for text in texts)
    assert len(chart.table.rows) >= 1
    assert {len(row) for row in chart.table.rows} == {len(chart.table.head)}


@EVERY
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fits_in_a_small_message(name, lang):
    for theme in TEMPLATES:
        assert len(made(name, lang).screen(theme).to_json().encode()) < 15_000


@pytest.mark.parametrize("name", CHARTS)
def test_both_languages_draw_the_same_figures(name):
    nl, en = (made(name, lang) for lang in LANGUAGES)
    assert len(nl.figure.data) == len(en.figure.data)
    for one, other in zip(nl.figure.data, en.figure.data, strict=True):
        for axis in ("x", "y", "value"):
            first, second = (getattr(t, axis, None) for t in (one, other))
            if first is not None and not any(isinstance(v, str) for v in first):
                assert list(first) == list(second)
    numeric = [
        [{k: v for k, v in row.items() if isinstance(v, float)} for row in chart.data]
        for chart in (nl, en)
    ]
    assert numeric[0] == numeric[1]


@pytest.mark.parametrize("name", [n for n in CHARTS if n.startswith("change")])
def test_a_difference_that_is_nil_has_no_chart(name):
    assert made(name, "nl", models.run(draws=200)) is None


@EVERY
def test_bars_are_as_long_as_the_summary_says(lang):
    frame = RESULT.summary("incremental", "payer")["mean"] / 1e6
    bars = made("change_by_payer", lang).figure.data[0]
    assert list(bars.x) == pytest.approx(sorted(frame[frame.abs() >= 0.5]), abs=0.001)


@EVERY
def test_whiskers_end_at_the_interval(lang):
    frame = RESULT.summary("base_case", "payer")
    frame = frame[frame["mean"] > 0].sort_values("mean", ascending=False) / 1e6
    bar = made("today_by_payer", lang).figure.data[0]
    ends = [a + b for a, b in zip(bar.x, bar.error_x.array, strict=True)]
    assert ends == pytest.approx(list(frame["p97_5"]), abs=0.002)
    ends = [a - b for a, b in zip(bar.x, bar.error_x.arrayminus, strict=True)]
    assert ends == pytest.approx(list(frame["p2_5"]), abs=0.002)


def test_text_of_a_file_is_never_markup():
    assert plain('<b onclick="x">$a$ & b') == '&lt;b onclick="x"&gt;&#36;a&#36; &amp; b'


def test_at_most_six_colours():
    assert len(COLOURS) <= 6


@pytest.mark.parametrize("theme", BACKGROUND)
def test_colours_and_ink_stand_out_from_the_background(theme):
    low = {n: contrast(c, BACKGROUND[theme]) for n, c in COLOURS.items()}
    assert min(low.values()) >= 3, low
    assert contrast(INK[theme], BACKGROUND[theme]) >= 7
    assert contrast(GRID[theme], BACKGROUND[theme]) < 2  # the grid stays behind


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("pair", list(itertools.combinations(COLOURS, 2)), ids="-".join)
def test_colours_stay_apart_for_every_eye(pair, sight):
    first, second = (COLOURS[name] for name in pair)
    assert distance(first, second, sight) >= 10


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("pair", [("work", "care"), ("saves", "costs")], ids="-".join)
def test_colours_that_stand_side_by_side_are_far_apart(pair, sight):
    assert distance(*(COLOURS[name] for name in pair), sight) >= 25


def test_the_measure_of_colours_is_right():
    """Black on white is 21:1; L* of white is 100 (definitions of WCAG and CIE)."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "common") == pytest.approx(100, abs=0.1)
    # red and green of equal lightness, told apart by the common eye only
    assert distance("#c03030", "#4a7a20", "common") > 60
    assert distance("#c03030", "#4a7a20", "deuteranopia") < 30


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "id", ["change_by_payer", "change_by_item", "waterfall", "budget_impact", "budget_by_payer"]
)
def test_a_chart_of_a_package_names_its_policies_in_words(id, lang):
    """The first three with their levels, and how many more there are."""
    words, levers = words_in(lang), models.load_levers()
    levels = {"walking_programme": 0.2, "xray_share": 0.05, "stratified_care": 1.0}
    chart = CHARTS[id](models.run(levels, draws=40), words)
    head = chart.subtitle.partition(". ")[0]
    assert all(words.of(levers[name]) in head for name in levels) and "20%" in head
    levels |= {"public_campaign": 1.0, "return_to_work_support": 0.5}
    many = CHARTS[id](models.run(levels, draws=40), words)
    assert words("chart.package_more", n=2) in many.subtitle


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_source_line_names_a_file(lang):
    """A newspaper prints authors, year and doi, or the model with its version."""
    result = models.run(scenario="article_proposals", draws=40)
    for id, chart in CHARTS.items():
        shown = chart(result, words_in(lang))
        assert shown is None or not re.search(r"data/|\.csv", shown.source), (id, shown.source)
