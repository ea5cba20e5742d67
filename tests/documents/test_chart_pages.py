"""The address of a chart: what stands there, and that it stays."""

import html
import json
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

import models
from dashboard.charts import CHARTS
from dashboard.documents import chart_pages, png
from dashboard.documents.brief import brief
from dashboard.documents.output import base_of, link
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from models.errors import UsageError

DAY, BASE = date(2026, 1, 2), "https://example.org/rug"
RESULT = models.run(scenario="article_proposals", draws=60)
EVERY = pytest.mark.parametrize("lang", LANGUAGES)
TWO = ("today_by_item", "change_by_payer")


def made(lang: str, base: str = BASE, drawn: bool = True) -> dict[str, str]:
    words = words_in(lang)
    charts = [CHARTS[id](RESULT, words) for id in TWO]
    files = chart_pages.files(charts, words, DAY, base, drawn)
    return {name: content.decode("utf-8-sig") for name, content in files}


def test_every_address_of_the_last_version_still_has_its_page():
    """An address that was given out is cited somewhere: it stays, or the test is not green."""
    now = {chart_pages.address(id, lang) for id in CHARTS for lang in LANGUAGES}
    assert set(chart_pages.listed()) <= now
    assert len(chart_pages.listed()) == len(set(chart_pages.listed())) >= 2 * 38


@EVERY
def test_a_page_has_finding_source_citation_embed_code_and_card(lang):
    files = made(lang)
    chart = CHARTS["today_by_item"](RESULT, words_in(lang))
    here = f"{BASE}/{chart_pages.address(chart.id, lang)}"
    page = files[f"{chart_pages.address(chart.id, lang)}index.html"]
    text = html.unescape(page)
    assert f"<h1>{html.escape(chart.title, quote=False)}</h1>" in page.replace("&#39;", "'")
    assert chart.source in text and chart.alt in text
    assert f'<link rel="canonical" href="{here}">' in page
    card = re.search(r'property="og:image" content="([^"]+)"', page)[1]
    assert card == f"{BASE}/{chart_pages.at(lang)}c/today_by_item_card.png"
    assert '"og:image:width" content="1200"' in page and "summary_large_image" in page
    assert "<iframe" in text and "rugpijn-height" in text and 'lang="' in page
    assert "localhost" not in page and "127.0.0.1" not in page
    cited = chart_pages.citation(chart, words_in(lang), DAY, BASE)
    assert cited.startswith(chart.source) and cited.endswith(here) and "2026-01-02" in cited
    assert cited in text


@EVERY
def test_json_readme_and_oembed_say_the_same(lang):
    files, folder = made(lang), f"{chart_pages.at(lang)}c/"
    chart = CHARTS["today_by_item"](RESULT, words_in(lang))
    facts = json.loads(files[f"{folder}today_by_item.json"])
    assert (facts["finding"], facts["alt"], facts["source"]) == (
        chart.title, chart.alt, chart.source
    )  # fmt: skip
    assert len(facts["data"]) == len(chart.data) and facts["corrections"] == []
    assert chart.title in files[f"{folder}today_by_item.txt"]
    rich = json.loads(files[f"{folder}today_by_item.oembed.json"])
    assert (rich["type"], rich["title"]) == ("rich", chart.title)
    assert f"{BASE}/{folder}today_by_item.html" in rich["html"]
    rows = json.loads(chart_pages.contents([chart], BASE))["charts"]
    assert rows[0]["address"] == facts["address"] and rows[0]["finding"] == chart.title


def test_without_an_address_nothing_points_to_a_machine():
    for name, text in made("en", base="").items():
        assert "og:" not in text and "canonical" not in text, name
        assert "http" not in text.replace("https://doi.org", "").replace("http-equiv", ""), name
    page = brief(RESULT, words_in("en"), link(RESULT, "en"), DAY, {})
    assert "localhost" not in page
    assert link(RESULT, "en", BASE).startswith(f"{BASE}/simulator?")


def test_a_correction_stands_on_the_page_of_its_chart(monkeypatch, tmp_path):
    file = tmp_path / "corrections.csv"
    file.write_text(
        "chart,date,version,text_en,text_nl\n"
        "today_by_item,2026-02-03,0.2.0,Care was too low.,Zorg was te laag.\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(chart_pages, "CORRECTIONS", file)
    files = made("nl")
    assert "Verbeterd op 2026-02-03 (versie 0.2.0). Zorg was te laag." in files[
        "c/today_by_item/index.html"
    ].replace("\n", " ")
    assert "Zorg was te laag" not in files["c/change_by_payer/index.html"]


@pytest.mark.parametrize(
    "base", ["example.org", "ftp://example.org", 'https://a"b', "https://a/?x"]
)
def test_an_address_that_is_none_is_a_sentence(base):
    from argparse import Namespace

    with pytest.raises(UsageError, match="--base-url"):
        base_of(Namespace(base_url=base))
    assert base_of(Namespace(base_url="https://example.org/rug/")) == BASE
    assert base_of(Namespace()) == ""


def test_a_frame_may_run_the_one_script_that_tells_its_height():
    """Its rule allows that script alone, by its hash; the script is the one in the page."""
    text = html.unescape(made("nl")["c/today_by_item.html"])
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.endswith(f"; script-src 'sha256-{digest}'") and text.count("<script") == 1
    assert policy.startswith("default-src 'none';") and f"img-src 'self' {BASE}/;" in policy


def test_a_published_picture_is_small_and_says_what_it_is():
    """Four quarters of colour survive; title, source and resolution are inside."""
    drawn = Image.new("RGB", (200, 100), "white")
    drawn.paste((11, 122, 111), (0, 0, 100, 50))
    raw = BytesIO()
    drawn.save(raw, "PNG")
    chart = CHARTS["today_by_item"](RESULT, words_in("nl"))
    with Image.open(BytesIO(png.published(raw.getvalue(), chart))) as picture:
        assert (picture.size, picture.mode) == ((200, 100), "P")
        assert picture.convert("RGB").getpixel((10, 10)) == pytest.approx((11, 122, 111), abs=2)
        assert picture.text["Title"] == chart.title and picture.text["Source"] == chart.source
        assert round(picture.info["dpi"][0]) == png.DOTS
