"""What leaves the page when a reader has changed numbers: whose, which, and the way back."""

import dataclasses
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

import models
from dashboard.address.link import from_query
from dashboard.charts import CHARTS
from dashboard.command_line.parsers import main
from dashboard.documents.brief import brief
from dashboard.documents.chart_files import csv_text
from dashboard.documents.output import link
from dashboard.documents.workbook import workbook
from dashboard.languages import LANGUAGES
from dashboard.wording import interpretation, origin
from dashboard.wording.catalogue import words_in
from models.command_line.parsers import main as models_main
from models.tables.edits import with_rows
from tests.support.spreadsheets import sheets

DAY = date(2026, 1, 2)
PUBLISHED = models.load_assumptions()
EDIT = {"price_hour": (80.0, 70.0, 90.0)}
NOT_DRAWN = {"use_xray": (0.001, 0.0, 1.0)}  # a mean of a thousandth cannot have a range up to one
AS_PUBLISHED = {"en": "published assumptions", "nl": "gepubliceerde aannames"}
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


def run(levels: dict, draws: int = 100, **options) -> models.Result:
    return models.run(levels, set_assumptions=EDIT, draws=draws, **options)


@EVERY
def test_every_chart_of_changed_numbers_says_which(lang):
    words, label = words_in(lang), words_in(lang).of(PUBLISHED["price_hour"])
    result = run({"walking_programme": 0.2})
    for name in ("today_by_payer", "reconciliation", "change_by_item", "sick_leave_curve"):
        chart = CHARTS[name](result, words)
        assert label in chart.source and AS_PUBLISHED[lang] not in chart.source, name
        assert label in csv_text(chart, DAY)
    plain = CHARTS["today_by_payer"](models.run(draws=100), words)
    assert plain.source == words("chart.source")


@EVERY
def test_brief_and_workbook_name_every_change_with_its_reason(lang):
    words = words_in(lang)
    row = dataclasses.replace(PUBLISHED["price_hour"], base=80.0, low=70.0, high=90.0,
                              reason="Wages of our own sector")  # fmt: skip
    result = models.run(
        {"walking_programme": 0.2}, assumptions=with_rows(PUBLISHED, [row]), draws=100
    )
    page = brief(result, words, "https://example.org/", DAY, {})
    assert words.of(row) in page and "Wages of our own sector" in page
    assert AS_PUBLISHED[lang] not in page
    book = sheets(workbook(result, words, "https://example.org/", DAY))
    about = " ".join(str(cell) for line in book[words("workbook.sheet.about")] for cell in line)
    assert "Wages of our own sector" in about and AS_PUBLISHED[lang] not in about
    lines = book[words("workbook.sheet.assumptions")]
    line = next(line for line in lines if "price_hour" in line)
    assert "reader" in line and PUBLISHED["price_hour"].source not in line
    assert not {"published", "green"} & set(line)
    assert any("Wages of our own sector" in str(cell) for cell in line)
    other = next(line for line in lines if "price_xray" in line)
    assert PUBLISHED["price_xray"].source in other, "the others keep theirs"


def test_a_source_that_the_reader_gives_stays():
    """Another number under a source of the reader's own is not nameless."""
    row = dataclasses.replace(PUBLISHED["price_hour"], base=80.0, low=70.0, high=90.0)
    assert origin.is_own(row)
    cited = dataclasses.replace(row, source="tatooheene_2024", source_detail="Table 9")
    assert not origin.is_own(cited) and not origin.is_own(PUBLISHED["price_hour"])


@EVERY
def test_a_link_reopens_exactly_this(lang):
    """Levels, options and changed numbers; it dropped the numbers."""
    result = run({"xray_share": 0.05}, 1000, anchor="none")
    address = link(result, lang)
    state, used, notices = from_query(parse_qs(urlsplit(address).query), PUBLISHED)
    assert used.hash == result.assumptions_hash and not notices
    assert state.levels == result.levels and state.options.anchor == "none"
    again = models.run(state.levels, assumptions=used, anchor="none", draws=1000)
    assert again.headline == result.headline


@EVERY
def test_what_a_link_cannot_carry_is_said(lang):
    """A level between two steps, more draws than a page offers, more changes than fit."""
    words = words_in(lang)
    result = models.run({"xray_share": 0.0512}, draws=100)
    lost = origin.not_carried(result, words)
    assert words.of(result.levers["xray_share"]) in lost and "100" in lost
    assert lost in brief(result, words, link(result, lang), DAY, {})
    assert origin.not_carried(models.run({"xray_share": 0.05}, draws=1000), words) == ""
    euros = [row for row in PUBLISHED.values() if row.unit[:4] == "EUR/" and row.low < row.high]
    many = {row.parameter: row.base * 1.001 for row in euros[:25]}
    result = models.run(set_assumptions=many, draws=1000)
    assert str(len(many)) in origin.not_carried(result, words)


@EVERY
def test_a_range_that_is_not_drawn_is_said(lang, tmp_path, capsys):
    """In the answer, on the command line that runs it and the one that checks it."""
    words = words_in(lang)
    used = PUBLISHED.with_values(NOT_DRAWN)
    result = models.run(assumptions=used, draws=50)
    label = words.of(used["use_xray"])
    said = [text for text in interpretation.warnings(result, words) if text.startswith(label)]
    assert any("0%" in text and "100%" in text for text in said), "stated and drawn"
    assert label in brief(result, words, "", DAY, {})
    assert origin.drawn(used["use_xray"], words) in said, "as the notice and the card have it"
    assert origin.drawn(PUBLISHED["price_hour"], words) == ""
    assert models_main(["run", "--draws", "20", "--set-assumption", "use_xray=0.001:0:1"]) == 0
    assert "use_xray: no distribution" in capsys.readouterr().out
    used.to_folder(tmp_path / "own")
    assert models_main(["check", str(tmp_path / "own"), "--lang", lang]) == 0
    assert "use_xray" in capsys.readouterr().out
    assert models_main(["run", "--draws", "20"]) == 0
    assert "no distribution" not in capsys.readouterr().out


def test_the_command_of_an_export_says_so_too(tmp_path, capsys):
    words = [
        "export",
        "--chart",
        "today_by_payer",
        "--format",
        "csv",
        "--lang",
        "nl",
        "--draws",
        "50",
    ]
    assert main([*words, "--set-assumption", "price_hour=80:70:90", "--out", str(tmp_path)]) == 0
    text = next(tmp_path.iterdir()).read_text(encoding="utf-8")
    assert "gewijzigd" in text and "gepubliceerde aannames" not in text
