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
from dashboard.documents.measure_sheet import document
from dashboard.documents.output import link
from dashboard.documents.workbook import workbook
from dashboard.languages import LANGUAGES
from dashboard.wording import interpretation, origin
from dashboard.wording.catalogue import words_in
from models.command_line.parsers import main as models_main
from models.command_line.trace_lines import trace_lines
from models.engine.record import plain
from models.tables.edits import with_rows
from tests.support.spreadsheets import sheets

DAY = date(2026, 1, 2)
PUBLISHED = models.load_assumptions()
EDIT = {"price_hour": (80.0, 70.0, 90.0)}
NOT_DRAWN = {"use_xray": (0.001, 0.0, 1.0)}  # a mean of a thousandth cannot have a range up to one
AS_PUBLISHED = {"en": "of them own estimates", "nl": "eigen schattingen"}
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
    used = PUBLISHED.used
    guesses = sum(row.provenance == "expert_guess" for row in used)
    assert f" {len(used)} " in plain.source and f" {guesses} " in plain.source
    assert AS_PUBLISHED[lang] in plain.source and "data/" not in plain.source


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


OWN = "Counted in our own region"


@pytest.fixture(scope="module")
def regional() -> models.Result:
    """The effect of walking, changed by a reader who says why; and the policy that rests on it."""
    row = dataclasses.replace(PUBLISHED["eff_walkback_hr"], base=0.8, low=0.7, high=0.9, reason=OWN)
    used = with_rows(PUBLISHED, [row])
    return models.run({"walking_programme": 0.2}, assumptions=used, draws=60)


def holders(value, name: str) -> list[dict]:
    """Objects within an answer that are about this assumption."""
    if isinstance(value, list):
        return [one for part in value for one in holders(part, name)]
    if not isinstance(value, dict):
        return []
    mine = [value] if name in (value.get("parameter"), value.get("name")) else []
    return mine + [one for part in value.values() for one in holders(part, name)]


def test_no_answer_gives_a_changed_number_its_old_source(regional):
    """Every answer that says how a number is known: the reader, with the reason."""
    was = PUBLISHED["eff_walkback_hr"]
    tree = plain(models.trace(regional, "total"))
    sheet = plain(models.sheet(regional, "walking_programme"))
    for answer in (tree, sheet):
        found = [one for one in holders(answer, was.parameter) if "provenance" in one]
        assert found and all(one["provenance"] == "reader" for one in found)
        assert not any(was.source_detail in map(str, one.values()) for one in found)
    leaf = next(one for one in holders(tree, was.parameter) if "source" in one)
    assert (leaf["source"], leaf["quality"], leaf["source_detail"]) == ("reader", "unjudged", OWN)
    assert leaf["note"] == ""
    said = "\n".join(trace_lines(models.trace(regional, "total")))
    assert f"the reader's own. {OWN}" in said
    ranked = {row.lever: row for row in models.rank(regional).levers}
    assert sheet["evidence"] == ranked["walking_programme"].evidence == "unjudged"
    assert ranked["xray_share"].evidence != "unjudged"
    used = regional.model.assumptions
    assert models.breakeven("walking_programme", assumptions=used, draws=60).evidence is None


def test_the_year_of_a_changed_deductible_has_the_reader_for_its_source():
    result = models.run({"xray_share": 0.05}, set_assumptions={"ins_deductible": 400}, draws=60)
    found = [row for row in result.values_by_year() if row["parameter"] == "ins_deductible"]
    assert {row["source"] for row in found} == {"reader"}


@EVERY
def test_a_sheet_on_paper_says_whose_number_it_is(regional, lang):
    words = words_in(lang)
    page = document(models.sheet(regional, "walking_programme"), regional, words, DAY)
    assert words("workbench.provenance.reader") in page
    assert words("measure.grade.unjudged") in page


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
    assert "gewijzigd" in text and AS_PUBLISHED["nl"] not in text
