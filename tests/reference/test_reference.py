"""The generated documents are current, lead where they say, and hold what the tables hold."""

import re
from pathlib import Path

import pytest

import models
from dashboard.reference import documents, on_page, stored_documents
from dashboard.reference.__main__ import COMMAND, FOLDER, main, stale
from dashboard.reference.markdown import cells, code, escape, exact, grid, inside, outside, slug
from dashboard.wording.catalogue import LANGUAGES
from dashboard.wording.numbers import MINUS
from models.engine.run import catalogue_of

ASSUMPTIONS = models.load_assumptions()
LEVERS = catalogue_of(ASSUMPTIONS)
LINK = re.compile(r"\]\(([a-z]+)\.md#([^)]*)\)")


def headings(markdown: str) -> set[str]:
    found = re.findall(r"^#+ (.*)$", markdown, re.MULTILINE)
    return {slug(re.sub(r"\\(.)", r"\1", title).replace("`", "")) for title in found}


def block(markdown: str, heading: str) -> str:
    """The text under a heading, up to the next one."""
    return markdown.split(f"{heading}\n", 1)[1].split("\n#")[0]


def test_the_documents_are_current():
    assert not stale(FOLDER), f"run: {COMMAND}"


def test_the_command_writes_them_and_notices_a_change(tmp_path, capsys):
    assert main(["--out", str(tmp_path)]) == 0
    assert main(["--out", str(tmp_path), "--check"]) == 0
    levers = tmp_path / "en" / "levers.md"
    levers.write_text(levers.read_text(encoding="utf-8").replace("WalkBack", "Walkback"), "utf-8")
    (tmp_path / "nl" / "sources.md").unlink()
    (tmp_path / "nl" / "other.md").write_text("# by hand", "utf-8")
    assert main(["--out", str(tmp_path), "--check"]) == 1
    said = capsys.readouterr().err
    assert [line.split()[0] for line in said.splitlines()] == [
        "en/levers.md", "nl/other.md", "nl/sources.md",
    ]  # fmt: skip
    assert COMMAND in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_is_read_is_the_document_that_was_written(lang):
    assert stored_documents(lang) == documents(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_between_documents_leads_to_a_heading(lang):
    made = {name: one.markdown for name, one in documents(lang).items()}
    known = {name: headings(text) for name, text in made.items()}
    lost = {
        (name, file, anchor)
        for name, text in made.items()
        for file, anchor in LINK.findall(text)
        if anchor not in known.get(file, ())
    }
    assert not lost


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_headings_of_a_document_share_an_anchor(lang):
    for name, one in documents(lang).items():
        found = re.findall(r"^#+ (.*)$", one.markdown, re.MULTILINE)
        assert len(found) == len(headings(one.markdown)), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_policy_and_source_is_there(lang):
    made = documents(lang)
    text = made["assumptions"].markdown
    for name in ASSUMPTIONS:
        assert f"({escape(name)})\n" in text, name
    assert [section.text.split("\n")[0] for section in made["levers"].sections] == [
        f"`{name}`" for name in LEVERS
    ]
    assert all(f"### {escape(key)}\n" in made["sources"].markdown for key in ASSUMPTIONS.sources)
    used = {name for name, row in ASSUMPTIONS.items() if row.group != "context"}
    assert used == set(re.findall(r"\[`(\w+)`\]\(assumptions", made["formulas"].markdown))


def test_a_row_says_what_its_table_says():
    row = ASSUMPTIONS["price_gp"]
    text = block(documents("nl")["assumptions"].markdown, f"{escape(row.label_nl)} (price\\_gp)")
    assert (
        "33,12, 95%-interval 30,84 tot 45,57, getrokken uit `gamma`; eenheid `EUR/consult`" in text
    )
    assert "Huisarts\n" in text.split("kostenposten.**")[1]
    assert "[`care.care_costs`](formulas.md#modelsformulascarepy)" in text
    assert f"[`{row.source}`](sources.md" in text


def test_how_far_a_price_moves_the_total_is_volume_times_price():
    """549,000 x 1.5 + 500,000 x 2 = 1,823,500 consultations on the published values; 33.12 to
    30.84 takes 4.2 million off, 33.12 to 45.57 adds 22.7 million. Patients and price stand at
    their calibrated means, a few per cent away from that."""
    text = block(documents("en")["assumptions"].markdown, "GP consultation (average) (price\\_gp)")
    p = {name: float(values[0]) for name, values in models.run().point.p.items()}
    visits = p["vol_gp_acute"] * p["use_gp_consults"]
    visits += p["vol_chronic_lbp_care"] * p["use_gp_consults_chronic"]
    assert visits == pytest.approx(1_823_500, rel=0.06)
    row = ASSUMPTIONS["price_gp"]
    low, high = (
        visits * p["price_gp"] * (end - row.base) / row.base / 1e6 for end in (row.low, row.high)
    )
    assert f"{MINUS}{-low:.0f} to +{high:.0f} EUR million" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_that_no_distribution_fits_are_listed(lang):
    section = documents(lang)["assumptions"].sections[-1]
    listed = re.findall(r"^\| \[.*#[^)]*?([a-z]+_\w+)\) \|", section.text, re.MULTILINE)
    misfits = [one["parameter"].lower() for one in models.run(draws=1).misfits]
    assert all(name.endswith(one) for name, one in zip(listed, misfits, strict=True))


def test_a_policy_says_what_it_acts_on():
    section = next(s for s in documents("en")["levers"].sections if "walking_programme" in s.text)
    for word in ("course_recurrence", "eff_walkback_hr", "walk_sessions", "WalkBack", "5% to 40%"):
        assert word in section.text, word


@pytest.mark.parametrize(
    "text, written",
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("![tell](https://other.example/x.png)", r"!\[tell\](https\://other.example/x.png)"),
        ("$\\frac{1}{2}$", r"\$\\frac\{1\}\{2\}\$"),
        (":red[alarm] :smile: :material/home:", r"\:red\[alarm\] \:smile: \:material/home:"),
        ("a | b\n# c\n- d", r"a \| b \# c - d"),
        ("www.other.example me@other.example", r"www\.other.example me\@other.example"),
        ("10%: 3 of 5; 1.5", "10%: 3 of 5; 1.5"),
    ],
)
def test_text_of_a_table_never_becomes_markup(text, written):
    assert escape(text) == written


def test_only_plain_addresses_become_links():
    assert outside("a", "https://x.nl/b") == "[a](https://x.nl/b)"
    for address in ("", "javascript:alert(1)", "https://x.nl/)[b](c", "//x.nl", "data:text/html,x"):
        assert outside("a", address) == "a"


def test_a_page_keeps_the_text_of_a_link_to_a_file():
    text = f"{inside(code('a_b'), 'levers', 'x (y)')} and {inside(escape('[z]'), 'levers', 'q')}"
    assert on_page(text) == r"`a_b` and \[z\]"
    assert on_page("[a](https://x.nl/levers.md#b)") == "[a](https://x.nl/levers.md#b)"


def test_a_table_of_a_document_is_read_back_in_plain_words():
    text = "<b> | `x` $1$ \\ [a](b.md#c)"
    rows = [[escape(text), inside(code("a_b"), "levers", "x")], ["", escape("c_d")]]
    assert cells(grid(["one", "two"], rows)) == [["one", "two"], [text, "a_b"], ["", "c_d"]]
    assert cells("- a list\n- of two") == [] and cells("| one line |") == []


def test_an_anchor_is_that_of_github():
    assert slug("Still absent after 4 weeks (sl_S4)") == "still-absent-after-4-weeks-sl_s4"
    assert slug("Foto's en scans (a_b)") == "fotos-en-scans-a_b"


def test_numbers_keep_every_decimal():
    assert exact(0.0183, "nl") == "0,0183"
    assert exact(1_000_000, "nl") == "1.000.000"
    assert exact(1e-05, "en") == "0.00001"
    assert exact(-0.2, "en") == "−0.2"


def test_the_documents_lie_where_the_readme_says():
    assert FOLDER == Path(__file__).parents[2] / "docs" / "reference"
