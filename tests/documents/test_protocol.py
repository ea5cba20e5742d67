"""The record of a deliberation: what divides is said, names of sides stay text."""

import models
from dashboard.command_line.parsers import main
from dashboard.documents.output import today
from dashboard.documents.protocol import protocol
from dashboard.wording.catalogue import words_in
from models.analysis.evidence.round_table import round_table

PUBLISHED = models.load_assumptions()
NOTHING = PUBLISHED.with_values({"eff_rtw_default": (1.0, 0.999, 1.001), "price_gp": 40.0})
PACKAGE = {"return_to_work_support": 0.5}
FEW = {"draws": 200}


def record(sides: dict, lang: str) -> str:
    found = round_table(sides, PACKAGE, **FEW)
    results = {name: models.run(PACKAGE, None, one, **FEW) for name, one in sides.items()}
    return protocol(found, results, words_in(lang), today())


def test_the_record_names_the_number_that_divides_and_adds_up():
    html = record({"<b>Ministry</b>": PUBLISHED, "Insurer": NOTHING}, "en")
    assert "<b>Ministry</b>" not in html and "&lt;b&gt;Ministry&lt;/b&gt;" in html
    label = PUBLISHED["eff_rtw_default"].label_en
    assert f"One number divides you: “{label}”" in html
    assert "2 numbers differ" in html and "Finding out who is right" in html


def test_equal_sides_have_a_record_too():
    assert "Beide kanten hebben dezelfde getallen." in record(
        {"A": PUBLISHED, "B": PUBLISHED}, "nl"
    )


def test_three_sides_stand_in_one_table():
    html = record({"A": PUBLISHED, "B": NOTHING, "C": PUBLISHED}, "nl")
    assert "De kanten van dit overleg" in html and html.count("<h2>") >= 6


def test_the_command_writes_it(tmp_path):
    for name, side in (("a", PUBLISHED), ("b", NOTHING)):
        side.to_folder(tmp_path / name)
    out = tmp_path / "record.html"
    folders = [str(tmp_path / name) for name in "ab"]
    asked = ["--lang", "nl", "--draws", "100", "--out", str(out)]
    assert main(["protocol", *folders, *asked]) == 0
    assert "Waarin verschillen a en b?" in out.read_text(encoding="utf-8")
