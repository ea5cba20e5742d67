"""Every chart is taken from the page by real clicks, in both languages, after a slider was moved.

Each file is opened and held against the numbers of the page at that moment.

Long: one page's downloads, each button and each kind of file, share one opened page.
"""

from __future__ import annotations

import csv
import html
import io
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from xml.etree import ElementTree

import pytest

import models
from dashboard.charts import CHARTS
from dashboard.charts.style import FONT_FILE
from dashboard.documents.chart_files import PRODUCT
from dashboard.wording.catalogue import LANGUAGES, words_in

FOLDER = Path(__file__).parents[2] / "dashboard" / "pages"
PAGES = sorted(  # those with a chart; that none is missed is seen from the charts taken
    page.stem
    for page in FOLDER.glob("*.py")
    if re.search(
        r"chart_block|import sections|parts\.(history|calibration)",
        page.read_text(encoding="utf-8"),
    )
)
SLIDER = {"nl": "Hulp bij terugkeer naar werk", "en": "Return-to-work support"}
LEVELS = {"xray_share": 0.05, "physio_basic_package": 1.0, "return_to_work_support": 0.5}
SIZES = {"png": (2400, 1350), "square": (2160, 2160)}
EMBED = 100_000  # bytes
BURST, REST = 10, 1.1  # files within seconds: of more Chromium drops the last, unsaid (seen)
STRIP = 60  # units of the drawing at its foot, where source and mark stand
HALF = (600, 338)  # pixels: the edges of letters, which renderers smooth differently, even out
FAR = 64  # of 255: a pixel that another renderer draws otherwise
APART = 0.01  # share of pixels that may be so; all moved by three pixels they are 0.04 and more
SEPARATOR = {"nl": ";", "en": ","}
COSTLY = {"tornado", "variance_shares", "worth_of_knowing", "frontier", "compare"}  # made elsewhere
OWN = {"plane", "acceptability", "expected_loss", "forest"}  # on one page, of its own answer
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def image():
    return pytest.importorskip("PIL.Image", reason="Pillow is missing")


class Bar:
    """The buttons under one chart."""

    taken = deque([0.0] * BURST, BURST)  # when, of all tabs together

    def __init__(self, reader, row):
        self.reader, self.row = reader, row

    def unfold(self) -> None:
        self.row.locator("details").evaluate("(each) => { each.open = true }")

    def press(self, kind: str) -> None:
        self.unfold()
        self.row.locator(f"[data-kind={kind}]").click()

    def enter(self, kind: str) -> None:
        """The same from the keyboard, which does not wait for the page to stand still."""
        self.unfold()
        self.row.locator(f"[data-kind={kind}]").press("Enter")

    @property
    def id(self) -> str:
        """Of the chart that stands above it."""
        return re.search(r"st-key-export_(\w+)", self.row.get_attribute("class"))[1]

    def take(self, kind: str, press: Callable[[Bar, str], None] = press) -> tuple[str, bytes]:
        left = self.taken[0] + REST - time.monotonic()
        self.reader.tab.wait_for_timeout(max(0, 1000 * left))
        with self.reader.tab.expect_download(timeout=10_000) as waiting:
            press(self, kind)
            self.taken.append(time.monotonic())
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()

    def said(self) -> str:
        return self.row.locator("[role=status]").inner_text()


def bars(reader) -> list[Bar]:
    rows = reader.tab.locator("[class*=st-key-export_]")
    return [Bar(reader, rows.nth(i)) for i in range(rows.count())]


def views(reader, lang: str):
    """Every page by its link, and every tab of it, as a reader goes round without a reload."""
    for page in PAGES:
        reader.go(page, lang)
        tabs = reader.tab.locator(
            ".st-key-drivers [role=tab], "
            ".st-key-section [role=radio], .st-key-open-question [role=radio]"
        )
        for number in range(max(1, tabs.count())):
            if tabs.count():
                tabs.nth(number).click()
                reader.wait()
            yield unfolded(reader)


def unfolded(reader):
    """The page with every chart that can be unfolded open, and all charts drawn.

    The table under a chart folds too, and is left as it is.
    """
    closed = ".stMain [class*=st-key-printable_] [data-testid=stExpander] > details:not([open])"
    closed += " > summary"
    if parts := reader.tab.locator(closed).element_handles():
        for part in parts:
            part.click()
        reader.wait()
    reader.tab.wait_for_function(
        """() => document.querySelectorAll("[class*=st-key-export_]").length ===
          document.querySelectorAll(".js-plotly-plot").length"""
    )
    return reader


@dataclass
class Seen:
    """A chart as it stands on the page: what its files must hold."""

    title: str
    subtitle: str
    origin: str  # source, licence, scenario, hash
    labels: list[str]
    rows: list[list[str]]
    lang: str


def seen_on(reader, lang: str) -> list[Seen]:
    """The charts of the page, in the order of their buttons."""
    found = reader.tab.evaluate(
        """() => {
          const all = (what) => [...document.querySelectorAll(what)]
          const text = (element) => element.textContent
          return {
            title: all(".finding h2").map(text),
            subtitle: all(".finding h2 + p").map(text),
            origin: all("p.origin:has(+ details)").map(text),
            labels: all(".js-plotly-plot").map((plot) =>
              (plot.layout.annotations ?? []).map((one) => one.text)),
            rows: all("p.origin + details").map((one) =>
              [...one.querySelectorAll("tbody tr")].map((row) => [...row.children].map(text))),
          }
        }"""
    )
    charts = [dict(zip(found, one, strict=True)) for one in zip(*found.values(), strict=True)]
    return [Seen(**chart, lang=lang) for chart in charts]


@pytest.fixture(scope="module")
def results():
    return models.run(levers=LEVELS), models.run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_file_of_every_chart(reader, image, results, lang):
    tab = reader(dark=lang == "en")
    tab.open(f"/simulator?lang={lang}&xray_share=0.05&physio_basic_package=1")
    tab.wait()
    tab.slide(SLIDER[lang], "ArrowRight", times=10)
    tab.wait()
    taken = set()
    for _ in views(tab, lang):
        for bar, chart in zip(bars(tab), seen_on(tab, lang), strict=True):
            if bar.id in taken:
                continue
            taken.add(bar.id)
            name, content = bar.take("csv")
            stem, _, rest = name.removeprefix(f"{PRODUCT}_").partition(f"_{lang}_")
            id, _, scenario = stem.rpartition("_")
            assert id == bar.id
            files = {kind: bar.take(kind, Bar.enter) for kind in (*SIZES, "svg", "html")}
            _figures(content, id, scenario, chart, results)
            _svg(files["svg"][1], chart)
            for kind, size in SIZES.items():
                _picture(files[kind][1], size, image)
            if lang == "nl":  # a quarter of a second each
                _renders_elsewhere(files["svg"][1], files["png"][1], image)
            _page(files["html"][1].decode(), chart)
            for kind, (called, _) in files.items():
                assert called.startswith(name.removesuffix(".csv"))
                assert ("vierkant" in called or "square" in called) == (kind == "square")
        if taken == set(CHARTS) | OWN:  # sections that are left hold tables only
            break
    assert taken == set(CHARTS) | OWN
    assert not tab.outside and not tab.errors


def _figures(content: bytes, id: str, scenario: str, chart: Seen, results) -> None:
    """The CSV holds where it comes from, and the very numbers of the model."""
    text = content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=SEPARATOR[chart.lang]))
    assert rows and all(row["chart_source"] in chart.origin for row in rows)
    assert all(row["assumptions_hash"][:12] in chart.origin for row in rows)
    assert all(row["scenario_id"] == scenario for row in rows)
    if id not in COSTLY | OWN:
        words = words_in(chart.lang)
        right = (CHARTS[id](result, words) for result in results)
        _same_figures(content, next(c for c in right if c and c.scenario == scenario))


def _same_figures(content: bytes, chart) -> None:
    text = content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=SEPARATOR[chart.lang]))
    assert len(rows) == len(chart.data)
    for row, wanted in zip(rows, chart.data, strict=True):
        for column, value in wanted.items():
            if isinstance(value, float) and value == value:
                found = row[column].replace(",", ".") if chart.lang == "nl" else row[column]
                assert float(found) == value
        assert (row["chart_source"], row["assumptions_hash"]) == (chart.source, chart.assumptions)


def shown(text: str) -> str:
    """Words without how they are broken, hyphenated and spaced."""
    return re.sub(r"[\s-]+", "", text)


def said(label: str) -> str:
    """A label without the marks of the drawing library."""
    return shown(html.unescape(re.sub("<[^>]+>", "", label)))


def _svg(content: bytes, chart: Seen) -> None:
    root = ElementTree.fromstring(content)
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text
    about = {e.tag.rpartition("}")[2]: e.text for e in root.find(f"{SVG}metadata")}
    assert f"{about['source']} {about['identifier']}" == chart.origin
    assert about["language"] == chart.lang and about["rights"] == "CC BY 4.0"
    drawn = shown("".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    for part in (chart.title, chart.subtitle, about["source"], about["identifier"], about["date"]):
        assert shown(part) in drawn
    assert all(said(label) in drawn for label in chart.labels)
    assert not re.search(rb"<(script|image|foreignObject)|href=\"http", content)


@cache
def _fonts() -> list[str]:
    """The charts' font in two weights, in the form that this renderer reads."""
    ttlib = pytest.importorskip("fontTools.ttLib", reason="fonttools is missing")
    instancer = pytest.importorskip("fontTools.varLib.instancer")
    folder, paths = Path(mkdtemp()), []
    for weight in (400, 700):
        font = instancer.instantiateVariableFont(ttlib.TTFont(FONT_FILE), {"wght": weight})
        font.flavor = None
        font["OS/2"].usWeightClass = weight
        paths.append(str(folder / f"{weight}.ttf"))
        font.save(paths[-1])
    return paths


def _renders_elsewhere(svg: bytes, png: bytes, image) -> None:
    resvg = pytest.importorskip("resvg_py", reason="resvg is missing")
    chops = pytest.importorskip("PIL.ImageChops")
    font = {"font_files": _fonts(), "font_family": "Rug Sans", "skip_system_fonts": True}
    drawn = bytes(resvg.svg_to_bytes(svg_string=svg.decode(), width=HALF[0], **font))
    other, ours = (
        image.open(io.BytesIO(one)).convert("L").resize(HALF, image.Resampling.BOX)
        for one in (drawn, png)
    )
    apart = chops.difference(ours, other).histogram()
    assert sum(apart[FAR:]) / sum(apart) < APART


def _picture(content: bytes, size: tuple[int, int], image) -> None:
    picture = image.open(io.BytesIO(content)).convert("L")
    assert picture.size == size
    width, height = size
    for top, bottom in (
        (0, 200),
        (height // 2 - 200, height // 2 + 200),
        (height - 2 * STRIP, height),
    ):
        ink = picture.crop((0, top, width, bottom)).histogram()
        assert sum(ink[:128]) > 500, f"nothing between {top} and {bottom}"
    edge = picture.crop((0, 0, 8, height)).histogram()[:200]
    assert not sum(edge), "something runs off the left side"
    edge = picture.crop((width - 8, 0, width, height)).histogram()[:200]
    assert not sum(edge), "something runs off the right side"


def _page(text: str, chart: Seen) -> None:
    assert len(text.encode()) < EMBED
    assert not re.search(r"<script|src=|<link|@import|url\(['\"]?http|<iframe|\$\{", text)
    assert text.count("<svg") >= 2 and "default-src 'none'" in html.unescape(text)
    words = shown(html.unescape(re.sub("<[^>]+>", "", text)))
    assert all(shown(part) in words for part in (chart.title, chart.subtitle))
    assert all(said(label) in words for label in chart.labels)
    assert all(shown("".join(row)) in words for row in chart.rows)
    where = [shown(line) for line in re.findall("<p>(.*?)</p>", html.unescape(text))]
    assert shown(chart.origin) in "".join(where)


def test_the_files_follow_the_slider(reader):
    tab = reader().open("/simulator?xray_share=0.05")
    tab.wait()
    unfolded(tab)
    (before,) = (bar.take("csv") for bar in bars(tab)[:1])
    tab.slide(SLIDER["nl"], "ArrowRight", times=10)
    tab.wait()
    (bar,) = bars(tab)[:1]
    name, after = bar.take("csv")
    result = models.run(levers={"xray_share": 0.05, "return_to_work_support": 0.5})
    chart = CHARTS["change_by_payer"](result, words_in("nl"))
    assert result.scenario_id in name and name != before[0]
    _same_figures(after, chart)
    drawn = said(bar.take("svg")[1].decode())
    assert all(said(one.text) in drawn for one in chart.figure.layout.annotations)


def test_buttons_are_named_by_the_chart_and_work_from_the_keyboard(reader):
    tab = reader().open("/evidence?lang=en")
    title = tab.tab.locator(".finding h2").first.inner_text()
    tab.tab.locator("[class*=st-key-export_] summary").first.click()
    button = tab.tab.get_by_role("button", name=f"SVG: {title}", exact=True)
    button.focus()
    with tab.tab.expect_download():
        tab.tab.keyboard.press("Enter")
    status = tab.tab.locator("[class*=st-key-export_] [role=status]").first
    assert status.inner_text().startswith("Saved as wat-kost-rugpijn_total_dots_")
    for _ in range(2):
        tab.tab.keyboard.press("Tab")
    assert tab.tab.evaluate(
        "document.activeElement.shadowRoot?.activeElement?.innerText ?? ''"
    ).startswith("Embed (HTML)")


def test_link_and_citation_are_copied(reader):
    tab = reader().open("/simulator?lang=en&return_to_work_support=0.5")
    tab.wait()
    unfolded(tab)
    tab.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    (bar,) = bars(tab)[:1]
    bar.press("link")
    _until(lambda: bar.said() == "Copied.")
    link = tab.tab.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{tab.server}/simulator?") and "schema=1&assumptions=" in link
    assert "return_to_work_support=0.5" in link and "lang=en" in link
    bar.press("citation")
    _until(lambda: link in tab.tab.evaluate("navigator.clipboard.readText()"))
    cited = tab.tab.evaluate("navigator.clipboard.readText()")
    assert cited.startswith("Wat kost rugpijn?") and cited.count(link) == 1 and "CC BY 4.0" in cited
    other = reader().open(link.removeprefix(tab.server))
    assert other.lead() == tab.lead()
    assert other.tab.get_by_text("Part of this link").count() == 0


def test_without_the_library_a_sentence_and_still_the_figures(reader):
    tab = reader().open("/evidence?lang=nl")
    tab.tab.locator(".js-plotly-plot").first.wait_for()
    tab.tab.evaluate("delete window.Plotly; window.Plotly = undefined")
    bar = bars(tab)[0]
    tab.tab.clock.install()  # the button's ten seconds of patience pass at once
    bar.press("png")
    tab.tab.clock.run_for(12_000)
    _until(lambda: bar.said().startswith("Mislukt"))
    tab.tab.clock.resume()
    assert "CSV" in bar.said()
    assert bar.take("csv")[1]


def test_the_embed_stands_in_a_frame_on_a_telephone_and_asks_nothing(reader):
    tab = reader().open("/evidence?lang=nl")
    page = bars(tab)[0].take("html")[1].decode()
    frame = reader(width=390, height=900)
    asked = []
    frame.tab.on("request", lambda request: asked.append(request.url))
    frame.tab.set_content(f'<iframe style="width:100%;height:880px" srcdoc="{html.escape(page)}">')
    inside = frame.tab.frame_locator("iframe")
    assert inside.locator("svg.narrow").is_visible() and not inside.locator("svg.wide").is_visible()
    inside.locator("summary").click()
    assert inside.get_by_role("table").is_visible()
    sideways = inside.locator("html").evaluate("e => e.scrollWidth - e.clientWidth")
    assert sideways == 0
    frame.tab.set_viewport_size({"width": 1000, "height": 900})
    assert inside.locator("svg.wide").is_visible() and not inside.locator("svg.narrow").is_visible()
    assert not [url for url in asked if not url.startswith("about:")] and not frame.errors


def _until(true, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_preview_of_the_brief_is_not_cut_off(reader):
    tab = reader(dark=True).open("/brief?lang=en&return_to_work_support=0.5")
    frame = tab.tab.locator("[class*=st-key-preview] iframe")
    inside = tab.tab.frame_locator("[class*=st-key-preview] iframe")
    inside.locator("h1").wait_for()
    high = inside.locator("body").evaluate("e => e.offsetHeight")
    _until(lambda: high <= frame.evaluate("e => e.offsetHeight") <= high + 10)
    assert high > 1_000 and frame.get_attribute("title")
    assert not tab.outside and not tab.errors
