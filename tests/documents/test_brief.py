"""The brief says what the page says, asks nothing of the outside, and holds no markup of a file."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

import models
from dashboard.charts.style import font_face
from dashboard.documents.brief import brief
from dashboard.wording import brief as wording
from dashboard.wording import row_texts, sentences
from dashboard.wording.catalogue import LANGUAGES, words_in
from dashboard.wording.numbers import millions

DAY = date(2026, 1, 2)
LINK = "https://example.nl/simulator?xray_share=0.05&lang=nl"
PACKAGES = {
    "today": {},
    "one": {"return_to_work_support": 0.5},
    "many": {"physio_basic_package": 1.0, "xray_share": 0.05, "opioid_share": 0.1,
             "walking_programme": 0.2},
}  # fmt: skip
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


class Text(HTMLParser):
    """The words of a document, and its tags."""

    def __init__(self, html: str):
        super().__init__()
        self.words, self.tags, self.skip = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.skip += tag == "style"

    def handle_endtag(self, tag):
        self.skip -= tag == "style"

    def handle_data(self, data):
        if not self.skip:
            self.words.append(data)


def made(package: str, lang: str, **options):
    result = models.run(levers=PACKAGES[package], draws=300, **options)
    return result, words_in(lang), brief(result, words_in(lang), LINK, DAY)


@EVERY
@pytest.mark.parametrize("package", PACKAGES)
def test_it_says_what_the_page_says(package, lang):
    result, words, html = made(package, lang)
    text = "".join(Text(html).words)
    changed = bool(result.levels)
    answer = sentences.simulator_answer if changed else sentences.overview_answer
    figures = sentences.simulator_figures if changed else sentences.overview_figures
    lead, rest = answer(result, words)
    for part in (lead, *rest, LINK, result.command, result.scenario_id, DAY.isoformat()):
        assert part in text
    for row in _rows(result, words):
        assert all(cell in text for cell in row)
    for _, figure, note in figures(result, words):
        assert figure in text and note in text


def _rows(result, words):
    """By payer: what changes, or what it is today."""
    name = row_texts.payer_name(words)
    if result.levels:
        return row_texts.changes(result, "payer", name, words)
    total = result.summary("base_case", "total")
    return row_texts.costs(result.summary("base_case", "payer"), total, name, words)


@EVERY
@pytest.mark.parametrize("package", PACKAGES)
def test_it_stands_alone(package, lang):
    _, _, html = made(package, lang)
    tags = Text(html).tags
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags}
    assert not [a for _, a in tags if "src" in a or "href" in a]
    html = html.replace(font_face(), "")  # the brief carries its letters along
    assert not re.search(r"url\(|@import", html)
    assert len(html) < 30_000
    assert ("html", {"lang": lang}) in tags
    headings = [tag for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == "h1" and headings.count("h1") == 1


def test_it_has_the_name_the_years_and_the_research_of_its_package():
    """The years add up to their sum: by hand from the table of the budget, nominal."""
    result, words = models.run(levers=PACKAGES["one"], draws=100), words_in("en")
    text = "".join(Text(brief(result, words, LINK, DAY, {}, "Back <to> work")).words)
    assert "Back <to> work" in text and wording.question(result, words) in text
    assert words.lever(result.levers["return_to_work_support"], "evidence") in text
    _, rows = wording.years(result, words)
    budget = result.budget()
    nominal = budget[~budget["discounted"] & (budget["payer"] == "total")]["mean"]
    assert rows[-1][1:] == tuple(
        millions(mean, "en", 0, plus=True) for mean in (*nominal, nominal.sum())
    )
    assert all(cell in text for row in rows for cell in row)


@pytest.mark.browser
def test_it_is_two_sheets_of_paper(chromium):
    tab = chromium.new_page()
    for package in PACKAGES.values():
        result = models.run(package, draws=60)
        tab.set_content(brief(result, words_in("nl"), LINK, DAY, {}, "Een naam"))
        sheets = tab.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 2
    tab.close()


def test_bars_lie_on_one_scale_and_end_where_the_interval_does():
    result, _, html = made("one", "en")
    bars = [a["style"] for tag, a in Text(html).tags if tag == "u"]
    frame = result.summary("incremental", "payer")
    whole = result.headline["incremental_total"]
    low = min(frame["p2_5"].min(), whole["p2_5"], 0)
    high = max(frame["p97_5"].max(), whole["p97_5"], 0)
    left, width = map(float, re.findall(r"[\d.]+(?=%)", bars[-1]))
    assert left == pytest.approx(100 * (whole["p2_5"] - low) / (high - low), abs=0.02)
    wide = 100 * (whole["p97_5"] - whole["p2_5"]) / (high - low)
    assert width == pytest.approx(wide, abs=0.02)


@EVERY
def test_it_names_the_guesses_that_matter_most(lang):
    result, words, html = made("one", lang)
    row = result.model.assumptions["eff_rtw_default"]
    assert words.of(row) in html


def test_text_of_a_file_stays_text():
    published = models.load_assumptions()
    row = replace(published["eff_rtw_default"], label_en="<script>alert(1)</script>")
    used = models.Assumptions([*{**published, row.parameter: row}.values()], published.sources)
    result = models.run(levers=PACKAGES["one"], assumptions=used, draws=100)
    html = brief(result, words_in("en"), "<b>", DAY)
    assert "<script" not in html and "&lt;script&gt;" in html and "<b>" not in html


def test_same_inputs_same_text():
    assert made("many", "nl")[2] == made("many", "nl")[2]
