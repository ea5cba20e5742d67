"""Number identity: one value, wherever a reader meets it.

The command line is the yardstick. Against it are held, for several scenarios in both languages: the
tables and charts on the page, what the export buttons are given, the CSV, the drawn SVG, the frozen
page, the workbook and the brief. Every comparison is counted.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
from collections import defaultdict
from datetime import date

import numpy as np
import pytest

import models
from dashboard.command_line import parsers
from dashboard.documents import chromium
from dashboard.documents.brief import brief
from dashboard.documents.workbook import FIRST, workbook
from dashboard.wording.catalogue import LANGUAGES, words_in
from dashboard.wording.numbers import estimate, millions
from dashboard.wording.row_texts import item_name, payer_name
from models.command_line.parsers import main as models_main
from tests.pages.test_app import html as screen
from tests.pages.test_app import page
from tests.support.spreadsheets import sheets

LEVERS = {
    "today": {},
    "work": {"return_to_work_support": 0.5},
    "care": {"physio_basic_package": 1.0, "physio_deductible_exempt": 1.0, "opioid_share": 0.1},
    "pictures": {"xray_share": 0.05, "mri_share": 0.005},
    "guideline": {"walking_programme": 0.2, "return_to_work_support": 0.25},
}
OPTIONS = {"guideline": {"valuation": "friction"}, "pictures": {"anchor": "none", "seed": 7}}
DRAWS = 1000
LINK = "http://localhost:8501/simulator"
BY = {"payer": payer_name, "cost_item": item_name}
SHEETS = {"payer": "payers", "cost_item": "items"}
CHART = {"payer": "change_by_payer", "cost_item": "change_by_item"}
FEWEST = 1_400  # comparisons over all scenarios: fewer means that the test lost sight of something

counted: dict[str, int] = defaultdict(int)


def same(where: str, found, wanted, within: float = 0) -> None:
    counted[where] += 1
    if isinstance(wanted, str):
        assert found == wanted, where
    else:
        assert found == pytest.approx(wanted, rel=within or 1e-12, abs=1e-6), where


def holds(where: str, text: str, wanted: str) -> None:
    counted[where] += 1
    assert wanted in text, f"{where}: {wanted!r}"


def order(name: str) -> list[str]:
    words = [f"--set={lever}={level}" for lever, level in LEVERS[name].items()]
    options = OPTIONS.get(name, {}) | {"draws": DRAWS}
    return [*words, *(f"--{option}={value}" for option, value in options.items())]


def yardstick(name: str, capsysbinary) -> dict:
    assert models_main(["run", *order(name), "--format", "json"]) == 0
    return json.loads(capsysbinary.readouterr().out)


def sums(ran: dict, by: str) -> dict[str, dict[str, float]]:
    """Scenario -> payer or cost item -> EUR a year in force, of the command line's ledger."""
    found = {s: defaultdict(float) for s in ("base_case", "scenario", "incremental")}
    for row in ran["ledger"]:
        if row["view"] == "steady_state" and row["kind"] == "resource":
            found[row["scenario"]][row[by]] += row["mean"]
    return found


def cells(text: str) -> list[list[str]]:
    """The rows of every table in a page, as text."""
    rows = re.findall(r"<tr.*?</tr>", text, re.S)
    return [
        [
            html.unescape(re.sub("<[^>]+>", "", cell))
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
        ]
        for row in rows
    ]


def written(sum_: dict, key: str, lang: str) -> list[str]:
    """Today, scenario and difference of a row as every table writes them."""
    today, other, change = (sum_[s][key] for s in ("base_case", "scenario", "incremental"))
    return [millions(today, lang), millions(other, lang), millions(change, lang, plus=True)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LEVERS)
def test_one_value_everywhere(name, lang, capsysbinary, tmp_path):
    words = words_in(lang)
    ran = yardstick(name, capsysbinary)
    options = OPTIONS.get(name, {}) | {"draws": DRAWS}
    result = models.run(levers=LEVERS[name], **options)
    query = {k: str(v) for k, v in {**LEVERS[name], **options, "lang": lang}.items()}
    shown = page("simulator", **query)
    note = brief(result, words, LINK, date(2026, 1, 2))
    book = sheets(workbook(result, words, LINK, date(2026, 1, 2)))
    for by, names in BY.items():
        shown.session_state["section"] = "payers" if by == "payer" else "items"
        shown.session_state[f"printable_{CHART[by]}"] = True
        shown.run()
        assert not shown.exception
        ledger = sums(ran, by)
        _tables(by, names(words), ledger, lang, screen(shown), note)
        _book(ledger, book[words(f"workbook.sheet.{SHEETS[by]}")])
        if any(abs(value) >= 0.5e6 for value in ledger["incremental"].values()):
            _chart(by, names(words), ledger, lang, shown, name, tmp_path, capsysbinary)
    _headline(ran, words, shown, note, book)


def _tables(by, name, ledger, lang, text, note) -> None:
    on_screen, in_brief = cells(text), cells(note)
    changed = any(ledger["incremental"].values())
    for key, today in ledger["base_case"].items():
        wanted = [name(key), *written(ledger, key, lang)]
        matching = [row for row in on_screen if row[:1] == wanted[:1]]
        assert matching, f"{key} is not on the page"
        seen = [cell for cell in matching[0] if cell][:4]  # without the bar
        same("screen table", " | ".join(seen), " | ".join(wanted))
        in_it = next((row for row in in_brief if row[:1] == wanted[:1]), None)
        if (by == "payer" and changed) or (not changed and today > 0):
            # today's brief has what is paid by those who pay, that of a package what changes
            expected = wanted[1:] if changed else [millions(today, lang)]
            same("brief", " | ".join(in_it[1 : 1 + len(expected)]), " | ".join(expected))


def _book(ledger, rows) -> None:
    for row in rows[FIRST:]:
        for column, scenario in enumerate(("base_case", "scenario", "incremental"), 2):
            same("workbook", row[column], ledger[scenario][row[1]], within=1e-9)


def _chart(by, name, ledger, lang, shown, scenario, tmp_path, capsysbinary) -> None:
    id = CHART[by]
    command = ["export", "--chart", id, "--format", "csv", "--lang", lang, *order(scenario)]
    assert parsers.main([*command, "--out", str(tmp_path)]) == 0
    with open(capsysbinary.readouterr().out.decode().strip(), encoding="utf-8-sig") as file:
        text = file.read()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if lang == "nl" else ","))
    given = [json.loads(c.proto.json) for c in shown.get("bidi_component") if "csv" in c.proto.json]
    (given,) = [one for one in given if one.get("name", "").split("_", 1)[1].startswith(id)]
    buttons = "".join(
        f"{row}{given['csv']['about'][min(at, 1)]}\n" for at, row in enumerate(given["csv"]["rows"])
    )
    same("export buttons", buttons, text.replace("\r\n", "\n"))
    (drawn,) = [
        spec
        for chart in shown.get("plotly_chart")
        if (spec := json.loads(chart.proto.spec))["layout"]["meta"]["stamp"] == given["stamp"]
    ]
    labels = [html.unescape(one["text"]) for one in drawn["layout"]["annotations"]]
    packed = drawn["data"][0]["x"]
    bars = np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])
    for row, bar, label in zip(rows, bars, labels, strict=True):
        value = float(row["mean"].replace(",", ".") if lang == "nl" else row["mean"])
        same("csv", value, ledger["incremental"][row[by]], within=1e-9)
        same("bar", bar, round(value / 1e6, 3))
        holds("label", label, f"<b>{millions(value, lang, plus=True)}</b>")
        holds("label", re.sub("<[^>]+>", " ", label).replace("  ", " "), name(row[by]).split()[0])


def _headline(ran, words, shown, note, book) -> None:
    total = ran["headline"]["base_case_total"]
    amount, spread = estimate(total["mean"], total["p2_5"], total["p97_5"], words.lang)
    about = " ".join(str(c) for row in book[words("workbook.sheet.about")] for c in row)
    seen = screen(shown) + " ".join(caption.value for caption in shown.caption)
    for where, text in (("screen", seen), ("brief", note), ("workbook", about)):
        holds(f"headline, {where}", html.unescape(text), amount)
        holds(f"headline, {where}", html.unescape(text), spread.removeprefix("EUR "))
        holds(f"headline, {where}", text, ran["scenario_id"])


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_drawn_files_hold_the_same_values(lang, capsysbinary, tmp_path):
    if not chromium.installed():
        pytest.skip("no browser is installed to draw with")
    ledger = sums(yardstick("care", capsysbinary), "payer")["incremental"]
    for format in ("svg", "html"):
        command = ["export", "--chart", "change_by_payer", "--format", format, "--lang", lang]
        assert parsers.main([*command, *order("care"), "--out", str(tmp_path)]) == 0
        path = capsysbinary.readouterr().out.decode().strip()
        with open(path, encoding="utf-8") as file:
            text = html.unescape(re.sub("<[^>]+>", "", file.read()))
        for payer, value in ledger.items():
            if abs(value) >= 0.5e6:
                label = f"{payer_name(words_in(lang))(payer)}  {millions(value, lang, plus=True)}"
                holds(format, re.sub(r"\s+", "", text), re.sub(r"\s+", "", label))


def test_nothing_was_lost_sight_of():
    """Runs last in this file; how many values were compared, where it was run as a whole."""
    if counted["screen table"] >= 2 * len(LEVERS) * len(payer_and_items()):
        assert sum(counted.values()) >= FEWEST, dict(counted)


def payer_and_items() -> list[str]:
    catalogue = models.load_assumptions().catalogue
    return [row["id"] for table in ("payers", "cost_items") for row in catalogue[table]]
