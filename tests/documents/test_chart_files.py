"""What leaves the page with a chart: figures as they are, text as text, and where it comes from."""

import csv
import io
import json
from datetime import date

import pytest

import models
from dashboard.charts import CHARTS
from dashboard.charts.today.field import VIEWS
from dashboard.documents.chart_files import constants, csv_text, file_stem, payload
from dashboard.wording.catalogue import LANGUAGES, words_in

DAY = date(2026, 1, 2)
PACKAGE = {"return_to_work_support": 0.5, "physio_basic_package": 1.0, "xray_share": 0.05}
RESULT = models.run(levers=PACKAGE, draws=300)
QUERY = "schema=1&assumptions=e2ef2dd1735c&return_to_work_support=0.5&lang=nl"
EVERY = pytest.mark.parametrize("lang", LANGUAGES)
SEPARATOR = {"nl": ";", "en": ","}


def made(name: str, lang: str):
    return CHARTS[name](RESULT, words_in(lang))


def read(text: str, lang: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=SEPARATOR[lang]))


@EVERY
@pytest.mark.parametrize("name", CHARTS)
def test_the_csv_holds_the_figures_bit_for_bit_and_their_origin(name, lang):
    chart = made(name, lang)
    text = csv_text(chart, DAY)
    assert text.startswith("\ufeff") == (lang == "nl")
    rows = read(text, lang)
    assert len(rows) == len(chart.data)
    for row, wanted in zip(rows, chart.data, strict=True):
        for column, value in wanted.items():
            if isinstance(value, float) and value == value:
                found = row[column].replace(",", ".") if lang == "nl" else row[column]
                assert float(found) == value
        assert row["chart"] == chart.id and row["made"] == "2026-01-02"
        assert row["chart_source"] == chart.source
        assert row["scenario_id"] == chart.scenario
        assert row["assumptions_hash"] == chart.assumptions


@EVERY
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_and_its_export_fit_in_a_small_message(name, lang):
    """One chart is several pictures of the same squares: each may take as much as 6,000 bytes."""
    chart = made(name, lang)
    pictures = len(VIEWS) if name == "field" else 1
    sent = json.dumps(payload(chart, words_in(lang), QUERY, DAY), ensure_ascii=False)
    size = len(sent.encode()) + len(chart.screen().to_json().encode())
    assert size < max(15_000, 6_000 * pictures)


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_is_told_from_the_same_chart_with_other_numbers(name):
    other = CHARTS[name](models.run(levers=PACKAGE, draws=301), words_in("nl"))
    chart = made(name, "nl")
    assert chart.stamp == made(name, "nl").stamp
    assert (chart.data == other.data) == (chart.stamp == other.stamp)


@EVERY
def test_a_file_says_by_its_name_what_it_is(lang):
    chart = made("change_by_payer", lang)
    assert file_stem(chart, DAY) == (
        f"wat-kost-rugpijn_change_by_payer_{RESULT.scenario_id}_{lang}_2026-01-02"
    )


@EVERY
def test_a_hostile_label_stays_one_harmless_cell(lang):
    chart = made("today_by_payer", lang)
    evil = 'x";=HYPERLINK("http://example.com");"\n=1+1'
    chart.data[0]["label"] = evil
    for separator in ";,\t":
        rows = list(csv.reader(io.StringIO(csv_text(chart, DAY)), delimiter=separator))
        assert not [cell for row in rows for cell in row if cell.strip(' "').startswith("=")]
    assert len(read(csv_text(chart, DAY), lang)) == len(chart.data)


def test_the_scripts_know_both_languages():
    words = constants()["WORDS"]
    assert words["nl"].keys() == words["en"].keys() >= {"png", "svg", "csv", "html", "failed"}
    json.dumps(constants())
