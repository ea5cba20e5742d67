"""Files on the page of assumptions: what is uploaded is shown, checked and refused in words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from dashboard.assumptions import upload as workbench_upload
from dashboard.documents.workbook import workbook
from dashboard.wording.catalogue import LANGUAGES, words_in
from models.errors import DataError
from models.tables.edits import dutch
from tests.pages.test_app import html, with_options
from tests.pages.test_assumptions_page import PUBLISHED, changed, in_force, page, texts, upload
from tests.support import broken


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_upload_is_shown_before_it_counts(lang):
    test = page("files", lang=lang)
    upload(test, "prices.csv", changed())
    assert in_force(test) is PUBLISHED
    assert "prices.csv" in texts(test) and ("44,1" if lang == "nl" else "44.1") in html(test)
    test.button(key="wb-use").click().run()
    assert in_force(test)["price_gp"].base == 44.12
    assert test.file_uploader[0].value is None


def test_a_dutch_folder_comes_back_with_the_same_hash():
    edited = PUBLISHED.with_values({"sl_share": 0.3, "price_gp": 44.12})
    data = models.write_zip(dutch(edited.to_tables()))
    test = page("files")
    upload(test, "aannames.zip", data)
    test.button(key="wb-use").click().run()
    assert in_force(test).hash == edited.hash


@pytest.mark.parametrize(("lang", "said"), [("nl", "Wat te doen"), ("en", "What to do")])
def test_errors_are_all_said_in_the_language_of_the_page(lang, said):
    data = broken.cell("high", "30")(broken.cell("label_nl", "<b>x</b>")(changed(b"abc")))
    test = page("files", lang=lang, **{"a.sl_share": "0.3"})
    upload(test, "prices.csv", data)
    assert said in html(test) and "abc" in html(test)
    assert "<b>x</b>" not in html(test) and "&lt;b&gt;" in html(test)
    lines = test.code[0].value.splitlines()
    with pytest.raises(DataError) as found:
        workbench_upload.read(data, "prices.csv", PUBLISHED)
    assert lines == found.value.lines(lang) and len(lines) == 2
    assert in_force(test)["sl_share"].base == 0.3 and not test.exception


def test_a_workbook_is_told_how_to_become_a_csv():
    data = workbook(models.run(draws=50), words_in("nl"), "http://localhost", date(2026, 1, 1))
    test = page("files")
    upload(test, "aannames.xlsx", data)
    assert "opslaan als CSV" in html(test) and in_force(test) is PUBLISHED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bundle_restores_everything(lang):
    edited = PUBLISHED.with_values({"sl_share": 0.3})
    levels = {"walking_programme": 0.2, "xray_share": 0.05}
    options = {"valuation": "friction", "seed": 7, "years": 3, "draws": 1000}
    data = models.bundle(models.run(levels, assumptions=edited, **options))
    test = page("files", lang=lang)
    upload(test, "bundle.zip", data)
    assert ("hetzelfde" if lang == "nl" else "the same") in texts(test)
    test.button(key="wb-use").click().run()
    assert in_force(test) == edited
    assert {name: test.session_state[name] for name in levels} == levels
    with_options(test)
    assert test.selectbox(key="valuation").value == "friction"
    assert test.number_input(key="seed").value == 7
    assert test.number_input(key="years").value == 3


def test_a_tampered_bundle_is_refused_by_name():
    data = models.bundle(models.run({"xray_share": 0.05}, draws=50))
    files = models.read_zip(data, "bundle.zip")
    files["results.json"] = files["results.json"].replace(b"3", b"4", 1)
    test = page("files")
    upload(test, "bundle.zip", models.write_zip(files))
    assert "results.json" in html(test) and in_force(test) is PUBLISHED


@pytest.mark.parametrize("name", broken.BROKEN)
def test_every_kind_of_broken_file_is_refused_at_this_door(name):
    change, code, column = broken.BROKEN[name]
    with pytest.raises(DataError) as found:
        workbench_upload.read(change(broken.PUBLISHED), "prices.csv", PUBLISHED)
    codes = {one.code for one in found.value.findings}
    assert codes & {code, "file_format", "archive_workbook", "file_large"}
    for lang in LANGUAGES:
        for one in found.value.findings[:20]:
            assert all(isinstance(cell, str) for cell in workbench_upload.cells(one, lang))


SAMPLE = sorted(broken.BROKEN)[::20]


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_of_them_on_the_page(name):
    data = broken.BROKEN[name][0](broken.PUBLISHED)
    test = page("files")
    upload(test, "prices.csv", data)
    assert not test.exception and not test.error
    assert in_force(test) is PUBLISHED and "wb-use" not in [b.key for b in test.button]
    assert "Gevonden fouten" in html(test)


@pytest.mark.parametrize("name", broken.BENIGN)
def test_every_benign_file_is_understood(name):
    data = broken.BENIGN[name](broken.PUBLISHED)
    found = workbench_upload.read(data, "prices (1).csv", PUBLISHED)
    assert found.assumptions["price_mri"] == PUBLISHED["price_mri"]


TABLES = PUBLISHED.to_tables()


SEEDS = [
    *(TABLES["prices.csv"], dutch(TABLES)["work.csv"], models.write_zip(TABLES)),
    models.bundle(models.run({"xray_share": 0.05}, draws=20)),
]


@st.composite
def damaged(draw) -> bytes:
    """A good file with some of its bytes changed, cut out, or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at, size = draw(st.integers(0, len(data) - 1)), draw(st.integers(1, 40))
        put = draw(st.one_of(st.binary(max_size=8), st.just(bytes(data[at : at + size]) * 2)))
        data[at : at + draw(st.integers(0, size))] = put
        if not data:
            return b""
    return bytes(data)


@settings(max_examples=600, deadline=None)
@given(st.one_of(damaged(), st.binary(max_size=300)), st.text(max_size=30))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data, name):
    try:
        found = workbench_upload.read(data, name, PUBLISHED)
    except DataError as error:
        for lang in LANGUAGES:
            assert error.lines(lang) and all(line.isprintable() for line in error.lines(lang))
    else:
        assert set(found.assumptions) >= set(PUBLISHED)


def test_a_hostile_file_name_is_only_shown():
    test = page("files")
    upload(test, "../../<img src=x onerror=alert(1)>.csv", changed())
    assert "onerror" in texts(test) and "onerror" not in html(test)
    test.button(key="wb-use").click().run()
    assert not test.exception
