"""The command line of the page: charts, exports, brief and site, without a browser and with one."""

import csv
import html
import io
import json
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

import models
from dashboard.charts import CHARTS
from dashboard.command_line.parsers import main
from dashboard.documents import chart_pages, chromium
from dashboard.documents.chart_files import csv_text
from dashboard.wording.catalogue import LANGUAGES, words_in

PACKAGE = ["--set", "return_to_work_support=0.5", "--draws", "300"]
RESULT = models.run(levers={"return_to_work_support": 0.5}, draws=300)
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")


@pytest.fixture(scope="module")
def browser():
    if not chromium.installed():
        pytest.skip("no browser is installed to draw with")


def files(capsys, *arguments: str) -> list[str]:
    """Paths that a command prints, once it went well."""
    code, said = main([str(a) for a in arguments]), capsys.readouterr()
    assert code == 0, said.err
    return said.out.split()


def refused(capsys, code: int, *arguments: str) -> str:
    assert main([str(a) for a in arguments]) == code
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "Traceback" not in said.err
    return said.err


def test_every_chart_is_listed_with_its_question(capsys):
    assert main(["charts", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["charts"]
    assert [row["id"] for row in listed] == list(CHARTS)
    for row in listed:
        assert re.fullmatch(r"[A-Z][^.?]+\?", row["question"]), row
        assert row["title_nl"] != row["title_en"] and min(row["title_nl"], row["title_en"])
    assert main(["charts"]) == 0
    assert all(id in capsys.readouterr().out for id in list(CHARTS)[:1])


@EVERY
def test_csv_of_every_chart_needs_no_browser(capsys, tmp_path, no_browser, lang):
    order = "export --chart all --format csv --lang".split()
    paths = files(capsys, *order, lang, *PACKAGE, "--out", tmp_path / "new")
    assert len(paths) == len(CHARTS)
    for id, path in zip(CHARTS, paths, strict=True):
        made = path[-len("2026-01-02.csv") : -len(".csv")]
        chart = CHARTS[id](RESULT, words_in(lang))
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        assert text.replace(made, "DAY") == csv_text(chart, _day(made)).replace(made, "DAY")
        assert f"_{id}_{chart.scenario}_{lang}_" in path


def _day(text: str):
    from datetime import date

    return date.fromisoformat(text)


@EVERY
def test_html_without_a_browser_is_alive_and_says_its_size(capsys, tmp_path, no_browser, lang):
    order = ["export", "--chart", "change_by_payer", "--format", "html", "--lang", lang]
    assert main([*order, *PACKAGE, "--out", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "5 MB" in said.err
    with open(said.out.strip(), encoding="utf-8") as file:
        text = file.read()
    chart = CHARTS["change_by_payer"](RESULT, words_in(lang))
    assert 4e6 < len(text) < 6e6
    assert "default-src 'none'" in html.unescape(text[:2000])
    own = re.sub(r"(?s)<script>.*?</script>", "", text)
    assert not re.search(r"<script|\ssrc=|<link|\$\{", own)
    words = html.unescape(re.sub("<[^>]+>", "", own))
    for part in (chart.title, chart.source, chart.mark, RESULT.command):
        assert part in words
    assert all(cell in words for row in chart.table.rows for cell in row)


@pytest.mark.parametrize("format", ["svg", "png"])
def test_a_picture_without_a_browser_is_refused_with_a_remedy(capsys, tmp_path, no_browser, format):
    order = ["export", "--chart", "all", "--format", format, "--out", tmp_path / "new"]
    said = refused(capsys, 1, *order, "--lang", "en", *PACKAGE)
    assert "/nowhere/chromium" in said and "install" in said and "csv" in said
    said = refused(capsys, 1, *order, "--lang", "nl", *PACKAGE)
    assert "installeer" in said
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("--chart today_by_itm --format csv --lang nl", "today_by_item"),
        ("--chart all --format pdf --lang nl", "svg"),
        ("--chart all --format csv --lang de", "nl"),
        ("--format csv --lang nl", "--chart"),
        ("--chart change_by_payer --format csv --lang nl", "niets"),
        ("--chart budget_impact --format csv --lang en", "nothing"),
        ("--chart all --format csv --lang nl --size square", "--size"),
        ("--chart all --format csv --lang nl --interactive", "--interactive"),
        ("--chart all --format csv --lang nl --set no_lever=1", "no_lever"),
        ("--chart all --format csv --lang nl --colour red", "--colour"),
    ],
)
def test_a_wrong_order_is_one_line(capsys, tmp_path, words, wanted):
    assert wanted in refused(capsys, 2, "export", *words.split(), "--out", tmp_path)


def test_what_has_nothing_to_show_is_left_out_of_all_and_said(capsys, tmp_path, no_browser):
    order = "export --chart all --format csv --lang en --draws 100 --out".split()
    assert main([*order, str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "change_by_payer" in said.err and "change_by_payer" not in said.out
    assert "today_by_item" in said.out


def test_a_folder_that_cannot_be_made_is_a_sentence(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    order = "export --chart today_by_item --format csv --lang nl --draws 100 --out".split()
    assert "--out" in refused(capsys, 2, *order, tmp_path / "file")


def test_a_site_without_a_browser_has_tables_figures_briefs_and_the_simulator(
    capsys, tmp_path, no_browser
):
    paths = files(capsys, "site", *PACKAGE, "--out", tmp_path)
    assert len(paths) == 2 * (3 + 4 * len(CHARTS) + SHEETS) + 3
    _stands_alone(tmp_path, *CHARTS)


PARTS = ("index", "measures")
SHEETS = 1 + 15  # the table of all measures, and a sheet of each


def _stands_alone(folder, *charts: str) -> None:
    """Every link of the site leads to a file in it, and nothing leads out."""
    pages = ["index.html", *(f"{lang}/{name}.html" for lang in LANGUAGES for name in PARTS)]
    pages += [f"{chart_pages.address(id, lang)}index.html" for lang in LANGUAGES for id in charts]
    for page in pages:
        text = (folder / page).read_text(encoding="utf-8")
        links = re.sub(r"https?://doi.org/", "", text)
        assert "http:" not in links and "https:" not in links
        assert "localhost" not in text and "127.0.0.1" not in text
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            assert ((folder / page).parent / target.partition("#")[0]).is_file(), target
        # each row of the ranking sets its own lever in the simulator
        if page.endswith("index.html") and "c/" not in page:
            levers = re.findall(r'href="[^"]*simulator\.html#(\w+)=[\d.]+"', text)
            assert len(levers) == len(set(levers)) == 15


def test_the_brief_is_that_of_the_page(capsys, tmp_path):
    out = tmp_path / "brief.html"
    assert main(["brief", "--lang", "nl", *PACKAGE, "--out", str(out)]) == 0
    text = html.unescape(out.read_text(encoding="utf-8"))
    assert RESULT.command in text and RESULT.scenario_id in text
    assert "return_to_work_support=0.5" in text and 'lang="nl"' in text


def test_a_hostile_text_never_ends_the_script_of_a_page(tmp_path):
    from dashboard.documents.chart_files import interactive

    chart = CHARTS["today_by_payer"](RESULT, words_in("en"))
    chart.figure.layout.annotations[0].text = "</script><script>alert(1)</script>"
    object.__setattr__(chart, "title", "</title><script>alert(2)</script>${table}")
    text = interactive(chart, words_in("en"), _day("2026-01-02"), "<img src=x onerror=alert(3)>")
    assert "<script>alert" not in text and "<img" not in text.split("<script>")[0]
    assert text.count("<table>") == 1


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "format"), [("nl", "svg"), ("en", "png"), ("nl", "html")])
def test_drawn_by_an_installed_browser(capsys, tmp_path, browser, lang, format):
    order = "export --chart change_by_payer --lang".split()
    (path,) = files(capsys, *order, lang, "--format", format, *PACKAGE, "--out", tmp_path)
    with open(path, "rb") as file:
        content = file.read()
    if format == "png":  # its width and height stand after the name of the first block
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert [int.from_bytes(content[i : i + 4], "big") for i in (16, 20)] == [2400, 1350]
        return
    chart = CHARTS["change_by_payer"](RESULT, words_in(lang))
    text = content.decode()
    if format == "svg":
        text = "".join(ElementTree.fromstring(content).itertext())
        assert chart.assumptions in text
    else:
        assert "<script" not in text and len(content) < 100_000
        text = html.unescape(text)
        assert RESULT.command in text
    for part in (chart.title, chart.subtitle.split()[0], chart.mark):
        assert part in text


@pytest.mark.browser
def test_same_order_same_drawing(capsys, tmp_path, browser):
    order = "export --chart sick_leave_curve --lang nl --format svg --size square".split()
    first, second = (
        files(capsys, *order, *PACKAGE, "--out", tmp_path / name) for name in ("a", "b")
    )
    assert first[0].endswith("_vierkant.svg")
    with open(first[0], "rb") as one, open(second[0], "rb") as other:
        assert one.read() == other.read()


@pytest.mark.browser
@EVERY
@pytest.mark.parametrize("most", [3, 6, 15])
def test_the_brief_as_pdf_has_two_pages(capsys, tmp_path, browser, lang, most):
    out = tmp_path / "brief.pdf"
    order = ["brief", "--lang", lang, "--format", "pdf", "--draws", "300", "--out", str(out)]
    for name, lever in list(RESULT.levers.items())[:most]:
        order += ["--set", f"{name}={lever.max if lever.max != lever.today else lever.min}"]
    assert main(order) == 0
    content = out.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2


@pytest.mark.browser
def test_a_site_with_pictures(capsys, tmp_path, browser, monkeypatch):
    monkeypatch.setattr(
        "dashboard.documents.site.CHARTS", {"reconciliation": CHARTS["reconciliation"]}
    )
    paths = files(capsys, "site", *PACKAGE, "--out", tmp_path)
    assert len(paths) == 2 * (3 + 10 + SHEETS) + 3
    _stands_alone(tmp_path, "reconciliation")
    for size, wide, high in (("square", 1080, 1080), ("tall", 1080, 1350), ("card", 1200, 630)):
        path = tmp_path / "en" / "c" / f"reconciliation_{size}.png"
        with Image.open(path) as picture:
            assert (picture.size, picture.mode) == ((wide, high), "P")
            assert picture.text["Title"] and "Wat kost rugpijn" in picture.text["Source"]
    sizes = {path: (tmp_path / path).stat().st_size for path in paths}
    assert max(size for path, size in sizes.items() if path.endswith(".png")) < 100_000
    assert max(size for path, size in sizes.items() if "/c/reconciliation.html" in path) < 20_000
    # this chart is a little heavier than the mean of all: with as much for each, the site is light
    of_charts = sum(size for path, size in sizes.items() if "/c/" in path)
    assert len(CHARTS) * of_charts + sum(sizes.values()) - of_charts < 15e6
    framed = (tmp_path / "c" / "reconciliation.html").read_text(encoding="utf-8")
    assert framed.count("<script>") == 1 and chart_pages.TELL in framed


def test_the_csv_reads_as_the_language_says(capsys, tmp_path, no_browser):
    order = "export --chart today_by_payer --format csv --lang nl".split()
    (path,) = files(capsys, *order, *PACKAGE, "--out", tmp_path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read()), delimiter=";"))
    total = sum(float(row["mean"].replace(",", ".")) for row in rows)
    assert total == pytest.approx(RESULT.headline["base_case_total"]["mean"], rel=1e-12)
