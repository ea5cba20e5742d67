"""What the running page answers at the address of a chart."""

import json

import pytest

from benchmarks.visitor import fetch
from dashboard.charts import CHARTS
from dashboard.documents import chart_pages
from dashboard.languages import LANGUAGES
from dashboard.server.chart_addresses import chart


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_has_finding_source_and_figures(server, lang):
    shown, at = chart("recurrence", lang), chart_pages.at(lang)
    status, headers, content = fetch(server, f"/{at}c/recurrence/")
    page = content.decode()
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
