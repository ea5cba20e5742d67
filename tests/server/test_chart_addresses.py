"""What the running page answers at the address of a chart."""

import json
from io import BytesIO

import pytest
from PIL import Image

from benchmarks.visitor import fetch
from dashboard.charts import CHARTS
from dashboard.documents import chart_pages
from dashboard.languages import LANGUAGES
from dashboard.server import chart_pictures
from dashboard.server.chart_addresses import _PATH, chart, content
from dashboard.wording.catalogue import words_in


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_has_finding_source_and_figures(server, lang):
    shown, at = chart("recurrence", lang), chart_pages.at(lang)
    status, headers, answer = fetch(server, f"/{at}c/recurrence/")
    page = answer.decode()
    assert status == 200 and headers["content-type"].startswith("text/html")
    assert f'<html lang="{lang}">' in page and "<table" in page
    here = f"{server.rstrip('/')}/{at}c/recurrence/"
    assert f'rel="canonical" href="{here}"' in page
    for link in ("json", "csv", "txt"):
        assert f'href="../recurrence.{link}"' in page
        assert fetch(server, f"/{at}c/recurrence.{link}")[0] == 200
    facts = json.loads(fetch(server, f"/{at}c/recurrence.json")[2])
    assert (facts["finding"], facts["lang"], facts["address"]) == (shown.title, lang, here)


def test_every_address_of_the_last_version_is_in_the_list(server):
    rows = json.loads(fetch(server, "/charts.json")[2])["charts"]
    addresses = {row["address"].removeprefix(f"{server.rstrip('/')}/") for row in rows}
    assert len(rows) == len(CHARTS) * len(LANGUAGES)
    assert set(chart_pages.listed()) <= addresses


def test_what_is_no_chart_is_not_found(server):
    assert fetch(server, "/c/no_such_chart/")[0] == 404


def test_a_host_that_is_none_is_in_no_link():
    from starlette.requests import Request

    from dashboard.server.chart_addresses import base_of

    def base(**headers: str) -> str:
        raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
        scope = {"type": "http", "scheme": "http", "path": "/", "headers": raw}
        return base_of(Request({**scope, "query_string": b"", "server": ("a", 80)}))

    assert base(host="example.org", x_forwarded_proto="https") == "https://example.org"
    assert base(host='evil"><script>') == "" == base(host="a b") == base()
    assert base(host="example.org", x_forwarded_proto="javascript") == ""


def test_pictures_and_the_page_to_embed_stand_beside_it(server):
    """Drawn by the site's own code; anybody may put the page to embed in theirs."""
    if not chart_pictures.installed():
        pytest.skip("no browser is installed to draw with")
    status, headers, answer = fetch(server, "/c/recurrence_card.png")
    with Image.open(BytesIO(answer)) as picture:
        assert (status, headers["content-type"]) == (200, "image/png")
        assert (picture.size, picture.mode) == (chart_pages.CARD, "P")
    _, headers, answer = fetch(server, "/c/recurrence.html")
    assert b"recurrence_tall.png" in answer and len(answer) < 20_000
    policy = headers["content-security-policy"]
    assert policy.endswith("frame-ancestors *") and "default-src 'none'" in policy
    rich = json.loads(fetch(server, "/en/c/recurrence.oembed.json")[2])
    assert f"{server.rstrip('/')}/en/c/recurrence.html" in rich["html"]


def test_without_a_browser_a_sentence_and_no_picture(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert content("recurrence", "nl", "_tall.png", "") is None
    page = content("recurrence", "nl", "/", "").decode()
    assert words_in("nl")("export.page.no_picture") in page and "<img" not in page
    for address, ending in (("/c/today_by_item_card.png", "_card.png"), ("/c/field/", "/")):
        assert _PATH.fullmatch(address)[3] == ending
