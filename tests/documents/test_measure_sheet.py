"""A measure sheet on paper and on the page: what it says, how it is known, on one A4."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

import models
from dashboard.documents import measure_sheet
from dashboard.wording import measures
from dashboard.wording.catalogue import LANGUAGES, words_in
from dashboard.wording.numbers import signed
from models.analysis.choice.sheet import Sheet
from models.engine.record import Quantity
from models.tables.measures import facts
from tests.pages.test_app import html, page

RESULT = models.run(draws=300)
DAY = date(2026, 1, 2)
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


def made(lever: str, lang: str) -> tuple[Sheet, models.Result, str]:
    sheet = models.sheet(RESULT, lever)
    alone = measure_sheet.alone(RESULT, sheet)
    return sheet, alone, measure_sheet.document(sheet, alone, words_in(lang), DAY)


@EVERY
def test_every_fact_stands_on_the_sheet_with_how_it_is_known(lang):
    words = words_in(lang)
    _, _, document = made("physio_basic_package", lang)
    text = unescape(re.sub(r"<[^>]+>", "", document))
    known = facts("physio_basic_package")
    assert all(getattr(fact, f"text_{lang}") in text for fact in known)
    for status in ("own", "not_seen", "not_found"):
        shown = text.count(words(f"measure.status.{status}"))
        # whom is said in the running text, without how it is known
        expected = sum(fact.status == status and fact.field != "whom" for fact in known)
        assert shown == expected, status
    cited = {key for fact in known for key in fact.sources}
    for key in cited:
        assert unescape(RESULT.model.assumptions.sources[key]["url"]) in unescape(document), key


@EVERY
def test_the_figures_are_those_of_the_sheet(lang):
    words = words_in(lang)
    sheet, alone, document = made("return_to_work_support", lang)
    years = measures.years(sheet, alone, words)
    (name, _, cells), *_ = [row for row in years["rows"] if row[0] == "employer"]
    means = [one["payers"]["employer"]["mean"] for one in sheet["years"]]
    means.append(sheet["payers"]["employer"]["mean"])
    decimals = len(cells[-1].partition("," if lang == "nl" else ".")[2])
    assert cells == [signed(mean / 1e6, lang, decimals) for mean in means]
    assert f"<td>{cells[-1]}</td>" in document
    assert years["head"][1:-1] == ["2027", "2028", "2029", "2030", "2031"]
    # nobody pays more in force: all of that column lies above the line
    last = years["columns"][-1]
    assert last["more"] == [] and {payer for payer, _ in last["less"]} >= {"employer"}
    assert "EUR 0,00" in document or "EUR 0.00" in document  # it does not touch the premium


def test_the_picture_is_in_proportion():
    """-30 and -10 million less, +20 more: 40 above and 20 below, in all 60 hundredths of 100."""

    def row(mean: float) -> Quantity:
        return Quantity(mean, mean, mean, "EUR/year")

    nobody = {p["id"]: row(0.0) for p in RESULT.catalogue["payers"]}
    moved = nobody | {
        "employer": row(-30e6), "lost_output": row(-10e6), "basic_insurance": row(20e6)
    }  # fmt: skip
    published = models.sheet(RESULT, "xray_share")
    year = replace(published.years[0], payers=nobody, total=row(0.0))
    figures = replace(published.figures, incremental=row(-20e6))
    sheet = replace(published, years=(year,), payers=moved, figures=figures)
    drawn = measures.years(sheet, RESULT, words_in("en"))
    assert drawn["zero"] == pytest.approx(40 / 60 * 100, abs=0.01)
    assert dict(drawn["columns"][-1]["less"]) == {"employer": 50.0, "lost_output": 16.67}
    assert drawn["columns"][-1]["more"] == [("basic_insurance", 33.33)]
    assert drawn["columns"][0]["less"] == drawn["columns"][0]["more"] == []
    assert drawn["total"][1] == ["0", "\N{MINUS SIGN}20"]


@EVERY
def test_a_file_asks_nothing_of_the_outside_and_says_what_made_it(lang):
    sheet, alone, document = made("xray_share", lang)
    assert "<script" not in document and " src=" not in document and "@import" not in document
    assert f'lang="{lang}"' in document and DAY.isoformat() in document
    assert alone.assumptions_hash[:12] in document
    assert f"python -m models sheet xray_share --set xray_share={sheet['level']:g}" in document


def test_a_lever_without_facts_says_so():
    sheet = replace(models.sheet(RESULT, "xray_share"), facts=())
    words = words_in("nl")
    assert {big for _, big, _ in measures.vitals(sheet, words)[:3]} == {words("measure.no_fact")}
    alone = measure_sheet.alone(RESULT, sheet)
    assert words("measure.no_fact") in measure_sheet.document(sheet, alone, words, DAY)


@pytest.mark.browser
def test_the_longest_sheets_fit_on_one_a4(chromium):
    tab = chromium.new_page()
    for lever in ("physio_basic_package", "walking_programme", "imaging_red_flags_only"):
        tab.set_content(made(lever, "nl")[2])
        paper = tab.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, lever
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), lever
    tab.close()


def test_a_sheet_has_an_address_of_its_own():
    shown = page("measures", lang="en", measure="opioid_share")
    assert not shown.exception
    assert 'class="measure' in html(shown) and "GPs prescribe 82%" in html(shown)
    shown = page("measures", lang="en", measure="opioids")
    assert not shown.exception and "opioids" in "".join(text.value for text in shown.text)
    assert 'href="measures?measure=xray_share&amp;' in html(shown)
