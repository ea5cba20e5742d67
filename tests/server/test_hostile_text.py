"""Text that came from a file stays text: in pictures, pages, figures, workbook and brief."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest

import models
from dashboard.charts.bars import bars, labels
from dashboard.charts.finish import Table, finish
from dashboard.charts.style import font_face
from dashboard.documents import chromium
from dashboard.documents.chart_files import csv_text, interactive, payload
from dashboard.documents.output import job
from dashboard.wording.catalogue import words_in

DAY = date(2026, 1, 2)
SVG = "{http://www.w3.org/2000/svg}"
EVIL = (
    "<script>alert(1)</script>",
    "<img src=http://example.com/x.png onerror=alert(2)>",
    '<a href="http://example.com">klik</a>',
    "$\\frac{1}{2}$",
    "![beeld](http://example.com/y.png)",
    "=HYPERLINK(1)",
    "&lt;b&gt;",
    "</text></svg><script>alert(3)</script>",
    "${table} %{x} <%= 1 %>",
)
KINDS = ("svg", "html", "png")


@pytest.fixture(scope="module")
def chart():
    """A bar chart whose every text is an attack."""
    result, words = models.run(draws=50), words_in("en")
    columns = ("mean", "p2_5", "p10", "p50", "p90", "p97_5")
    frame = pd.DataFrame({name: [1e6] * len(EVIL) for name in columns}, EVIL)
    all_of_it = " ".join(EVIL)
    return finish(
        bars(frame, labels(frame, str, words), ["#0b7a6f"] * len(EVIL), words),
        id="evil",
        title=all_of_it,
        subtitle=all_of_it,
        source=all_of_it,
        alt=all_of_it,
        table=Table(all_of_it, list(EVIL), [EVIL]),
        data=[{"label": text, EVIL[5]: 1.0} for text in EVIL],
        result=result,
        words=words,
    ), result


@pytest.fixture(scope="module")
def drawn(chart):
    if not chromium.installed():
        pytest.skip("no browser is installed to draw with")
    one, result = chart
    jobs = [job(one, kind, "wide", result, words_in("en"), DAY) for kind in KINDS]
    return dict(zip(KINDS, chromium.draw(jobs), strict=True))


def bare(text: str) -> str:
    return re.sub(r"[\s'-]+", "", text)


@pytest.mark.browser
def test_a_drawing_shows_it_as_written(drawn):
    root = ElementTree.fromstring(drawn["svg"])
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "image", "a", "foreignObject", "iframe", "use"}
    assert [style.text for style in root.iter(f"{SVG}style")] == [font_face()]
    assert not [k for e in root.iter() for k in e.attrib if k.startswith("on") or "href" in k]
    seen = bare("".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    for text in EVIL:
        assert seen.count(bare(text)) >= 3, text  # title, label of its bar, source
    assert drawn["png"][:4] == b"\x89PNG"


@pytest.mark.browser
def test_a_page_shows_it_as_written(drawn):
    text = drawn["html"].decode()
    assert not re.search(r"<(script|img|a|image|iframe|foreignObject)\b", text)
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', text))
    seen = bare(html.unescape(re.sub("<[^>]+>", "", text)))
    for one in EVIL:
        assert seen.count(bare(one)) >= 4, one


def test_an_interactive_page_shows_it_as_written(chart):
    one, _ = chart
    text = re.sub(r"(?s)<script>.*?</script>", "<script></script>", interactive(
        one, words_in("en"), DAY, EVIL[1]))  # fmt: skip
    assert text.count("<script>") == 2
    assert not re.search(r"<(img|a|image|iframe)\b", text)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_figures_hold_no_formula_whatever_separates_them(chart, lang):
    one, _ = chart
    object.__setattr__(one, "lang", lang)
    text = csv_text(one, DAY).lstrip("\ufeff")
    object.__setattr__(one, "lang", "en")
    for separator in ";,\t|":
        cells = [c for row in csv.reader(io.StringIO(text), delimiter=separator) for c in row]
        assert not [cell for cell in cells if re.match(r"[\s\"]*[=+@]", cell)]


def test_the_message_to_the_page_is_data(chart):
    one, _ = chart
    sent = payload(one, words_in("en"), "a=1", DAY)
    assert sent["title"] == one.title  # set as text, never as markup, by the script
    assert sent["table"] == vars(one.table)
