"""The files of the simulator: each address is its content, for the assumptions that a page uses."""

import gzip
import json

import pytest

import models
from benchmarks.visitor import Visitor, fetch
from dashboard.languages import LANGUAGES
from dashboard.visitor import engines
from models.browser.columns import decode
from models.engine.options import Options
from tests.support import custom
from tests.support.loops import finished

DRAWS = 2_500
EDIT = "a.sl_share=0.3"


def addresses(server: str, query: str) -> tuple[str, str]:
    """Addresses of the view and the engine that a page names; the page is left open meanwhile."""

    async def visit():
        async with Visitor(server) as visitor:
            sent = (await visitor.open(f"draws={DRAWS}&{query}", "simulator")).live
            assert not visitor.page.broken
            return sent["view"], sent["engine"], file_of(server, sent["engine"])

    return finished(visit())


def file_of(server: str, address: str) -> dict[str, bytes]:
    return {name: fetch(server, f"/live/{address}/{name}")[2] for name in engines.FILES}


def test_an_engine_is_that_of_the_assumptions_and_begins_with_some_of_its_draws(server):
    found = {query: addresses(server, query) for query in ("", "xray_share=0.05", EDIT, "seed=2")}
    plain, moved, edited, seeded = (address for _, address, _ in found.values())
    assert plain == moved and len({plain, edited, seeded}) == 3
    ids = set()
    for _, _, files in (found[""], found[EDIT], found["seed=2"]):
        about = json.loads(files["engine.json"])
        draws = [decode(files[name])[0] for name in ("first.bin", "draws.bin")]
        assert {head["id"] for head in draws} == {about["id"]}
        assert about["id"].encode() in files["engine.js"]
        assert [head["draws"] for head in draws] == [DRAWS, DRAWS]  # too few to begin with a part
        ids.add(about["id"])
    assert len(ids) == 3
    edits = models.run(set_assumptions={"sl_share": 0.3}, draws=2)
    assert json.loads(found[EDIT][2]["engine.json"])["assumptions_hash"] == edits.assumptions_hash


def test_the_first_draws_are_some_of_all():
    known = engines.request_of(models.load_assumptions(), Options(draws=4_100))
    first, every = (decode(engines.content(known.address, f"{n}.bin")) for n in ("first", "draws"))
    assert first[0]["draws"] == 2_050 and every[0]["draws"] == 4_100
    width = every[1].max(axis=1) - every[1].min(axis=1)
    assert (abs(first[1] - every[1][:, ::2]) <= width[:, None] * 1e-6 + 1e-12).all()


def test_a_lever_of_ones_own_is_in_the_engine_and_in_the_words(tmp_path):
    for name, text in custom.tables().items():
        (tmp_path / name).write_text(text, "utf-8")
    used = models.load_assumptions(tmp_path)
    known = engines.request_of(used, Options(draws=200))
    about = json.loads(gzip.decompress(engines.content(known.address, "engine.json")))
    assert custom.LEVER in [lever["id"] for lever in about["levers"]]
    for lang in LANGUAGES:
        words = json.loads(gzip.decompress(engines.content(known.address, f"{lang}.json")))
        assert custom.LEVER in [lever["id"] for lever in words["description"]["levers"]]


def test_files_are_kept_for_good_and_others_are_not_there(server):
    view = engines.assets()[0]
    status, headers, body = fetch(server, f"/live/{view}/simulator.js")
    assert status == 200 and headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"] and b"export" in body
    assert "content-security-policy" in headers
    packed = fetch(server, f"/live/{view}/simulator.js", Accept_Encoding="gzip")
    assert packed[1]["content-encoding"] == "gzip" and gzip.decompress(packed[2]) == body
    assert fetch(server, f"/live/{view}/rug-sans.woff2")[1]["content-type"] == "font/woff2"
    for path in (f"{'0' * 32}/engine.js", f"{view}/page.py", f"{view}/engine.js"):
        assert fetch(server, f"/live/{path}")[0] == 404


@pytest.mark.parametrize("name", ["../engines.py", "..%2fengines.py", "engine.js/..", "ENGINE.JS"])
def test_no_other_file_is_served(server, name):
    body = fetch(server, f"/live/{engines.assets()[0]}/{name}")[2]
    assert b"sha256" not in body


def test_an_address_is_forgotten_with_the_last_who_holds_it():
    known = engines.request_of(models.load_assumptions(), Options(draws=123))
    address = known.address
    assert engines.content(address, "nl.json") is not None
    del known
    assert engines.content(address, "nl.json") is None


def test_formulas_that_cannot_be_recorded_are_said(monkeypatch):
    """Over HTTP the answer is 409; the view then shows what Python answers."""
    from models.browser.errors import TracingError

    def broken(*_):
        raise TracingError("a branch", "models/formulas/x.py", 1)

    monkeypatch.setattr(engines, "generate", broken)
    known = engines.request_of(models.load_assumptions(), Options(draws=124))
    with pytest.raises(TracingError):
        engines.content(known.address, "engine.js")
