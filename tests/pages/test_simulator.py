"""The simulator and the comparison: what they show is what the command prints, and adds up.

Long: one page, section by section.
"""

import csv
import json
import re
import shlex
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from dashboard.address.link import named_options
from dashboard.parts.simulator import ledger
from dashboard.parts.simulator.sections import SECTIONS
from dashboard.wording import row_texts
from dashboard.wording.catalogue import LANGUAGES, Words
from dashboard.wording.numbers import estimate, number
from tests.pages.test_app import (
    LEVERS,
    PAGES,
    PUBLISHED,
    ROOT,
    html,
    lead,
    move,
    notices,
    page,
    with_options,
)

from models.engine.run import scenarios_of  # isort: skip

PACKAGE = {"physio_basic_package": 1.0, "opioid_share": 0.084, "return_to_work_support": 0.5}
QUERY = {name: f"{level:g}" for name, level in PACKAGE.items()}
SIGNED = scenarios_of(PUBLISHED)
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


class Tables(HTMLParser):
    """Tables of a page by caption: rows of cells as they are read."""

    def __init__(self, text: str):
        super().__init__()
        self.found, self.inside, self.caption = {}, "", ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "caption":
            self.caption = ""
        if tag == "tr":
            self.found.setdefault(self.caption, []).append([])
        if tag in ("td", "th"):
            self.found[self.caption][-1].append("")
        if tag in ("td", "th", "caption"):
            self.inside = tag

    def handle_endtag(self, tag):
        self.inside = "" if tag in ("td", "th", "caption") else self.inside

    def handle_data(self, data):
        if self.inside == "caption":
            self.caption += data
        elif self.inside:
            self.found[self.caption][-1][-1] += data


def opened(name: str, **query):
    test = page("simulator", **query)
    test.session_state["section"] = name
    return with_options(test)


def millions(text: str, lang: str) -> float:
    """A figure of a table as a number of millions; a dash is nil."""
    if text in ("–", ""):
        return 0.0
    plain = text.replace("−", "-").replace("+", "")
    thousands, mark = (".", ",") if lang == "nl" else (",", ".")
    return float(plain.replace(thousands, "").replace(mark, "."))


@pytest.fixture(scope="module")
def printed() -> dict:
    """What the command shown on the page prints."""
    command = opened("account", **QUERY, years="4").code[0].value
    words = shlex.split(command)
    assert words[:3] == ["python", "-m", "models"]
    done = subprocess.run(
        [sys.executable, *words[1:], "--format", "json"],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    return json.loads(done.stdout)


def summed(rows: list[dict], by: str) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in rows:
        if row["kind"] == "resource" and row["view"] == "steady_state":
            sums[row[by]] = sums.get(row[by], 0.0) + row["mean"]
    return sums


# -- the page is what the command prints ----------------------------------------------------------


@EVERY
@pytest.mark.parametrize("view", named_options()["perspective"])
def test_the_answer_is_that_of_the_command(printed, lang, view):
    test = page("simulator", **QUERY, years="4", lang=lang, perspective=view)
    row = next(row for row in printed["perspectives"] if row["perspective"] == view)
    amount, _ = estimate(abs(row["mean"]), row["p2_5"], row["p97_5"], lang)
    assert amount in lead(test) or abs(row["mean"]) < (row["p97_5"] - row["p2_5"]) / 10
    chance = row["probability_saving"]
    assert any(text in html(test) for text in (f"{chance:.0%}", "<1%", "&lt;1%", "&gt;99%"))
    for health in printed["health"]:
        if health["scenario"] == "incremental" and health["measure"] == "xrays":
            from dashboard.wording.numbers import count

            said = count(health["mean"], health["p2_5"], health["p97_5"], lang, plus=True)
            assert said in html(test)


@EVERY
@pytest.mark.parametrize(("tab", "by"), [("payers", "payer"), ("items", "cost_item")])
def test_tables_of_payers_and_items_are_those_of_the_command(printed, lang, tab, by):
    tables = Tables(html(opened(tab, **QUERY, lang=lang))).found
    rows = next(rows for rows in tables.values() if len(rows) > 3)
    names = (row_texts.payer_name if by == "payer" else row_texts.item_name)(Words(lang))
    for scenario, column in (("base_case", 1), ("scenario", 2), ("incremental", 4)):
        sums = summed([r for r in printed["ledger"] if r["scenario"] == scenario], by)
        shown = {row[0]: row[column] for row in rows[1:]}
        for key, amount in sums.items():
            if names(key) in shown:
                assert millions(shown[names(key)], lang) == round(amount / 1e6)


@EVERY
def test_years_are_those_of_the_command(printed, lang):
    test = page("simulator", **QUERY, years="4", lang=lang)
    test.session_state["section"], test.session_state["years-discounted"] = "years", True
    tables = Tables(html(test.run())).found
    names, words = row_texts.payer_name(Words(lang)), Words(lang)
    keys = {"total": words("table.total")}
    money = words("simulator.years.caption")
    for discounted in (False, True):
        label = row_texts.view_name(discounted, models.run(draws=2), words)
        rows = next(r for text, r in tables.items() if text.startswith(money) and label in text)
        shown = {row[0]: row[1:] for row in rows}
        years = rows[0][1:-1]
        for row in printed["budget"]:
            if row["discounted"] == discounted:
                cell = shown[keys.get(row["payer"]) or names(row["payer"])]
                said = millions(cell[years.index(str(row["year"]))], lang)
                assert said == pytest.approx(round(row["mean"] / 1e6, 1), abs=1e-9)


@EVERY
def test_years_by_perspective_are_those_of_the_command(printed, lang):
    test = page("simulator", **QUERY, years="4", lang=lang)
    test.session_state["section"], test.session_state["years_by_perspective"] = "years", True
    words = Words(lang)
    title = words("simulator.years.perspectives_caption")
    (rows,) = (
        rows for text, rows in Tables(html(test.run())).found.items() if text.startswith(title)
    )
    shown = {row[0]: row[1:] for row in rows}
    named = row_texts.labels("perspectives")
    for row in printed["budget_by_perspective"]:
        if not row["discounted"]:
            cell = shown[words.of(named[row["perspective"]])]
            said = millions(cell[rows[0][1:].index(str(row["year"]))], lang)
            assert said == pytest.approx(round(row["mean"] / 1e6, 1), abs=1e-9)
    for row in printed["budget_by_perspective_sum"]:
        if not row["discounted"]:
            *_, mean, interval = shown[words.of(named[row["perspective"]])]
            assert millions(mean, lang) == pytest.approx(round(row["mean"] / 1e6, 1), abs=1e-9)
            assert interval == row_texts.interval(row, words)


@EVERY
def test_the_file_of_the_ledger_has_every_row_of_the_command_to_the_cent(printed, lang):
    result = models.run(PACKAGE, years=4)
    mark, comma = (";", ",") if lang == "nl" else (",", ".")
    text = ledger.csv_text(result, Words(lang))
    rows = list(csv.DictReader(StringIO(text), delimiter=mark))
    assert len(rows) == len(printed["ledger"])
    for mine, theirs in zip(rows, printed["ledger"], strict=True):
        for key in ("scenario", "view", "kind", "cost_item", "payer"):
            assert mine[key] == theirs[key]
        assert mine["year"] == ("" if theirs["year"] is None else str(theirs["year"]))
        for key in ("mean", "p2_5", "p97_5"):
            assert float(mine[key].replace(comma, ".")) == pytest.approx(theirs[key], abs=0.006)


def test_the_share_link_brings_the_same_page_back():
    test = page("simulator", **QUERY, perspective="employers", valuation="friction")
    test.session_state["share"] = True
    link = test.run().code[0].value
    query = {name: values[-1] for name, values in parse_qs(urlsplit(link).query).items()}
    again = page("simulator", **query)
    assert lead(again) == lead(test) and not notices(again)
    assert query["perspective"] == "employers" and "assumptions" in query and "schema" in query


# -- it adds up -----------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("year", [None, 2028])
@pytest.mark.parametrize("kind", ["resource", "transfer"])
@pytest.mark.parametrize("scenario", ["base_case", "scenario", "incremental"])
def test_the_shown_ledger_adds_up_both_ways(lang, year, kind, scenario):
    result = models.run(PACKAGE, draws=500)
    head, rows = row_texts.ledger(result, scenario, Words(lang), kind, year)
    figures = [[millions(cell, lang) for cell in row[1:]] for row in rows]
    for row in figures:
        assert sum(row[:-1]) == pytest.approx(row[-1], abs=1e-6)
    for column in zip(*figures, strict=True):
        assert sum(column[:-1]) == pytest.approx(column[-1], abs=1e-6)
    assert len(head) == len(rows[0])


# -- whose money ----------------------------------------------------------------------------------


def test_a_perspective_is_chosen_kept_over_pages_and_said():
    test = page("simulator", **QUERY)
    test.segmented_control(key="whose").set_value("basic_insurance").run()
    assert "de basisverzekering" in lead(test) and lead(test).startswith("Dit pakket kost")
    assert "Niet meegeteld: wat patiënten via het eigen risico betalen" in html(test)
    assert test.query_params["perspective"] == "basic_insurance"
    test.switch_page("dashboard/pages/overview.py").run()
    test.switch_page("dashboard/pages/simulator.py").run()
    assert "de basisverzekering" in lead(test)
    test.segmented_control(key="whose").set_value("society").run()
    assert "perspective" not in test.query_params


def test_who_loses_is_said_where_society_probably_gains():
    said = html(page("simulator", **QUERY))
    assert "Of de samenleving wint, is niet zeker; wie betaalt verschuift wel" in said
    assert "Meer betalen: basisverzekering (gemiddeld" in said
    assert "Verschuif een maatregel" in html(page("simulator"))


# -- ways back ------------------------------------------------------------------------------------


def test_a_policy_goes_back_to_today_and_can_be_undone():
    test = page("simulator", xray_share="0.05", public_campaign="1")
    move(test, xray_share=LEVERS["xray_share"].today)
    assert test.session_state["xray_share"] == LEVERS["xray_share"].today
    assert test.session_state["public_campaign"] == 1
    test.button(key="undo_here").click().run()
    assert test.session_state["xray_share"] == 0.05
    test.button(key="all_to_today_here").click().run()
    assert lead(test).startswith("Vandaag")


@pytest.mark.parametrize(("name", "lang"), [("overview", "nl"), ("drivers", "en")])
def test_a_page_without_levers_says_which_package_it_is_about(name, lang):
    words, test = Words(lang), page(name, lang=lang, public_campaign="0.5")
    lever = LEVERS["public_campaign"]
    said = words("simulator.lever_at", label=words.of(lever), level="50%")
    assert words("package.bar", levers=said) in html(test)
    test.button(key="all_to_today").click().run()
    assert words("package.bar", levers=said) not in html(test)


@given(st.lists(st.sampled_from(list(LEVERS)), min_size=1, max_size=4, unique=True))
def test_there_and_back_is_today(names):
    """In the model too: no level leaves a trace."""
    levels = {name: LEVERS[name].max for name in names} | {n: LEVERS[n].today for n in names}
    assert models.run(levels, draws=50).headline["incremental_total"]["mean"] == 0


# -- one language a page --------------------------------------------------------------------------

ENGLISH = "the and with which are from this that have does not by for year costs saves draws share"
DUTCH = "het een niet wordt worden voor met zijn maatregel betaler kosten jaar zonder omdat"
NAMES = ("Taal / Language", "Nederlands", "English")  # of the languages, said in themselves
STREAMLIT = ("Choose options",)  # its own word, which cannot be changed
QUOTED = (  # never translated: licence, titles (and short ones), what a source was found to say
    "CC BY",
    *(row["title"] for row in PUBLISHED.sources.values()),
    *(PUBLISHED.sources["article_2025"]["title"].partition(mark)[0] for mark in ":,"),
    *(row.source_detail for row in PUBLISHED.values()),
)


def spoken(test) -> str:
    """All that a reader reads or hears on a page, but for what is quoted, code and addresses."""
    said = [re.sub(r"<a [^>]*>.*?</a>|<style>.*?</style>", " ", html(test), flags=re.S)]
    said = [re.sub(r"<[^>]+>", " ", text) for text in said]
    for kind in ("title", "header", "subheader", "caption", "markdown", "text", "warning"):
        said += [block.value for block in test.get(kind)]
    widgets = ("slider", "button", "selectbox", "toggle", "number_input", "multiselect")
    for kind in (*widgets, "segmented_control", "tab", "expander"):
        for block in test.get(kind):
            said += [getattr(block, "label", ""), getattr(block, "help", "") or ""]
    for block in test.get("plotly_chart"):
        figure = json.loads(block.proto.spec)
        layout = figure["layout"]
        said += [note.get("text", "") for note in layout.get("annotations", [])]
        said += [(layout.get(axis, {}).get("title") or {}).get("text", "")
                 for axis in ("xaxis", "yaxis")]  # fmt: skip
        said.append(block.proto.alt)
    text = re.sub(r"`[^`]*`", " ", " ".join(said)).replace("\\", "")
    for name in (*NAMES, *STREAMLIT, *map(escape, QUOTED), *QUOTED):
        text = text.replace(name, " ")
    return text


def foreign(text: str, lang: str) -> list[str]:
    words = (ENGLISH if lang == "nl" else DUTCH).split()
    found = re.findall(rf"(?:\S+ ){{0,3}}\b(?:{'|'.join(words)})\b(?: \S+){{0,3}}", text, re.I)
    return [one for one in found if "hazard" not in one]


@EVERY
@pytest.mark.parametrize("tab", SECTIONS)
def test_no_word_of_the_other_language_shows_in_the_simulator(tab, lang):
    assert not foreign(spoken(opened(tab, **QUERY, lang=lang)), lang)


@EVERY
@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_the_other_language_shows_on_the_page(name, lang):
    assert not foreign(spoken(page(name, **QUERY, lang=lang)), lang)


def test_a_foreign_word_is_found():
    assert foreign("Dit is the answer", "nl") and foreign("This is het antwoord", "en")
    assert not foreign("Dit is een antwoord", "nl")
    assert number(1.5, "nl", 1) == "1,5"
