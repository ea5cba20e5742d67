"""The page of assumptions without a browser: look, edit, upload, undo, in both languages.

Long: one page, section by section.
"""

import runpy
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models
from dashboard.address.link import LinkState
from dashboard.assumptions import card
from dashboard.assumptions import upload as workbench_upload
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import LANGUAGES, words_in
from models.tables.edits import dutch
from tests.pages.test_app import PAGES, ROOT, app, html, move
from tests.support import broken, custom

PUBLISHED = models.load_assumptions()
SECTIONS = {
    "nl": {"browse": "Bekijken en wijzigen", "price": "Uw wijzigingen", "files": "Bestanden"},
    "en": {"browse": "Look and edit", "price": "Your edits", "files": "Files"},
}


def page(section: str = "browse", **query):
    test = app(**query)
    test.session_state["wb-section"] = SECTIONS[query.get("lang", "nl")][section]
    return test.switch_page("dashboard/pages/assumptions.py").run()


def go(test, section: str, lang: str = "nl"):
    test.session_state["wb-section"] = SECTIONS[lang][section]
    return test.run()


def texts(test) -> str:
    return "\n".join(one.value for one in test.text)


def edit(test, name: str, button: str = "now", **cells):
    for column, text in cells.items():
        field = test.selectbox if column == "distribution" else test.text_input
        field(key=f"wb-{column}-{name}").set_value(text)
    return test.button(key=f"wb-{button}-{name}").click().run()


def upload(test, name: str, data: bytes):
    return test.file_uploader[0].set_value((name, data, "text/csv")).run()


def changed(base: bytes = b"44.12") -> bytes:
    return broken.PUBLISHED.replace(b",33.12,", b"," + base + b",")


def in_force(test) -> models.Assumptions:
    return test.session_state["own_assumptions"] or PUBLISHED


# -- looking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS["nl"])
def test_every_section_shows(section, lang):
    for query in ({}, {"a.price_gp": "40", "walking_programme": "0.2"}):
        test = page(section, lang=lang, **query)
        assert not test.exception and not test.error


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PUBLISHED)
def test_every_assumption_can_be_opened(name, lang):
    choices = Choices(words_in(lang), LinkState(lang=lang), PUBLISHED)
    said = card.card(PUBLISHED[name], choices)
    assert name in said and "KeyError" not in said
    assert card.line(PUBLISHED[name], choices, False)


def test_search_and_filters():
    test = page()
    assert f"{len(PUBLISHED)} van {len(PUBLISHED)}" in texts(test)
    test.text_input(key="wb-search").set_value("huisarts consult").run()
    assert "price_gp" in [b.key.removeprefix("wb-open-") for b in test.button if b.key]
    test.selectbox(key="wb-quality").set_value("red").run()
    assert "price_gp" not in [b.key.removeprefix("wb-open-") for b in test.button if b.key]
    test.text_input(key="wb-search").set_value("zzz").run()
    assert f"0 van {len(PUBLISHED)}" in texts(test)


def test_guesses_that_matter_come_with_the_furthest_first():
    test = page()
    test.toggle(key="wb-guesses").set_value(True).run()
    opened = [b.key.removeprefix("wb-open-") for b in test.button if "wb-open" in (b.key or "")]
    assert opened[0] == "sl_share"
    assert all(
        PUBLISHED[n].quality == "red" or PUBLISHED[n].provenance == "expert_guess" for n in opened
    )


def test_pages_of_the_list():
    test = page()
    first = [b.key for b in test.button if "wb-open" in (b.key or "")]
    test.button(key="wb-next").click().run()
    second = [b.key for b in test.button if "wb-open" in (b.key or "")]
    assert len(first) == len(second) == 12 and not set(first) & set(second)


def test_one_can_be_linked_to_and_an_unknown_one_is_said():
    assert "Huisartsconsult (gemiddeld)" in html(page(assumption="price_gp"))
    test = page(assumption="price_pg")
    assert "price_pg" in texts(test) and "price_gp" in texts(test)
    assert not test.exception
    hostile = page(assumption="<img src=x onerror=alert(1)>" + "9" * 500)
    assert "onerror" in texts(hostile) and "onerror" not in html(hostile)


# -- editing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "base"), [("nl", "40,5"), ("en", "40.5")])
def test_an_edit_counts_and_is_priced(lang, base):
    test = page(lang=lang, assumption="price_gp", anchor="total")
    edit(test, "price_gp", base=base, reason="Eigen telling")
    row = in_force(test)["price_gp"]
    assert (row.base, row.low, row.high, row.reason) == (40.5, 30.84, 45.57, "Eigen telling")
    assert test.success[0].value
    go(test, "price", lang)
    found = models.price(in_force(test), anchor="total")
    # 1,823,500 consultations a year, EUR 7.38 dearer each: 13.46 million; the mean over draws
    assert found["total"] == pytest.approx(13.46e6, rel=0.02)
    amount = f"+{found['total'] / 1e6:.1f}"
    assert (amount.replace(".", ",") if lang == "nl" else amount) in html(test)
    assert "Eigen telling" in html(test)
    assert "price --assumptions FOLDER" in test.code[0].value


@pytest.mark.parametrize("text", ["abc", "", "40.5", "1_000", "NA", "-1", "50", "=1+1", "١٢"])
def test_a_wrong_number_is_said_beside_its_field_and_stays(text):
    test = page(assumption="price_gp")
    edit(test, "price_gp", base=text, reason="Eigen telling")
    assert in_force(test) is PUBLISHED
    said = html(test)
    assert 'class="wrong" role="alert"' in said and "Gevonden" in said and "toegestaan" in said
    assert test.text_input(key="wb-base-price_gp").value == text
    assert test.text_input(key="wb-reason-price_gp").value == "Eigen telling"
    edit(test, "price_gp", base="41")
    assert in_force(test)["price_gp"].base == 41
    assert 'class="wrong"' not in html(test)


def test_a_reason_is_required_and_plain():
    test = page(lang="en", assumption="price_gp")
    edit(test, "price_gp", base="40")
    assert in_force(test) is PUBLISHED and "a reason, in plain words" in html(test)
    edit(test, "price_gp", reason="=HYPERLINK(1)")
    assert in_force(test) is PUBLISHED and "formula" in html(test)


def test_what_was_typed_follows_the_language():
    test = page(assumption="price_gp")
    edit(test, "price_gp", base="40,25")  # without a reason, so it is not used
    test.segmented_control(key="lang").set_value("en").run()
    assert test.text_input(key="wb-base-price_gp").value == "40.25"
    assert test.text_input(key="wb-low-price_gp").value == "30.84"


def test_edits_that_need_each_other_are_put_ready_and_used_together():
    test = page(assumption="sl_S12")
    high = PUBLISHED["sl_S6"].base
    edit(test, "sl_S12", base=f"{high}".replace(".", ","), high="0,9", reason="Langer")
    assert in_force(test) is PUBLISHED and "sl_S6" in html(test)
    edit(test, "sl_S12", "later")
    test.query_params["assumption"] = "sl_S6"
    test.run()
    value = f"{(high + PUBLISHED['sl_S4'].base) / 2}".replace(".", ",")
    edit(test, "sl_S6", "later", base=value, high="0,95", reason="Langer")
    assert in_force(test) is PUBLISHED and "nog niet in gebruik: 2" in texts(test)
    test.button(key="wb-use-ready").click().run()
    assert in_force(test)["sl_S12"].base == high
    go(test, "price")
    assert "als laatste van alle" in html(test)


def test_undo_one_and_all():
    test = page(**{"a.price_gp": "40", "a.price_hour": "45"})
    go(test, "price")
    test.button(key="wb-undo-price_gp").click().run()
    assert in_force(test)["price_gp"] is PUBLISHED["price_gp"]
    assert in_force(test)["price_hour"].base == 45
    test.button(key="wb-undo-all").click().run()
    assert in_force(test) is PUBLISHED


def test_typing_the_published_value_back_is_no_edit():
    test = page(assumption="price_gp")
    edit(test, "price_gp", base="40", reason="Proef")
    edit(test, "price_gp", base="33,12", low="30,84", high="45,57")
    assert in_force(test) is PUBLISHED


def test_another_distribution_is_an_edit():
    test = page(assumption="price_gp")
    edit(test, "price_gp", distribution="lognormal", reason="Scheef")
    assert in_force(test)["price_gp"].distribution == "lognormal"
    edit(test, "price_gp", distribution="fixed", reason="Vast")
    assert in_force(test)["price_gp"].interval == "none"


# -- uploading ------------------------------------------------------------------------------------


# -- a lever and a cost item of one's own ---------------------------------------------------------


@pytest.fixture(scope="module")
def own_folder() -> bytes:
    return models.write_zip(dict(custom.upload()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_brings_a_lever_and_a_cost_item(own_folder, lang):
    test = page("files", lang=lang)
    upload(test, "eigen.zip", own_folder)
    said = texts(test)
    assert "levers.csv" in said and "price_chiro" in said
    test.button(key="wb-use").click().run()
    assert test.session_state[custom.LEVER] == 0
    move(test, **{custom.LEVER: 1.0})
    assert not test.exception and not test.error
    go(test, "price", lang)
    assert not test.exception and not test.error
    # 200,000 visits of EUR 60; 12.0 is what the tables by themselves add to today's total
    assert ("+12,0" if lang == "nl" else "+12.0") in html(test)
    test.query_params["assumption"] = "price_chiro"
    go(test, "browse", lang)
    assert not test.exception and "price_chiro" in html(test)
    assert test.text_input(key="wb-base-price_chiro").value == "60"


def test_a_folder_of_ones_own_comes_back_from_the_dutch_download(own_folder):
    first = workbench_upload.read(own_folder, "eigen.zip", PUBLISHED).assumptions
    data = models.write_zip(dutch(first.to_tables()))
    again = workbench_upload.read(data, "aannames.zip", PUBLISHED).assumptions
    assert again.hash == first.hash and again.catalogue == first.catalogue


def test_a_wrong_lever_is_refused_by_file_row_and_column():
    data = models.write_zip(dict(custom.changed("levers.csv", "share of visits,0,1", "x,0,abc")))
    test = page("files")
    upload(test, "eigen.zip", data)
    assert "levers.csv" in html(test) and "abc" in html(test) and in_force(test) is PUBLISHED


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory) -> Path:
    """The folder that examples/custom_lever.py writes."""
    return runpy.run_path(str(ROOT / "examples" / "custom_lever.py"))["folder"]


@pytest.fixture(scope="module")
def own_tables(example_folder) -> dict[str, bytes]:
    """What a reader may bring: name of the upload -> its bytes."""
    folder = {path.name: path.read_bytes() for path in example_folder.glob("*.csv")}
    used = models.load_assumptions(example_folder)
    item = "own_item,resource,care,care,Braces,Braces,,,vol_gp_acute * price_gp,nothing"
    added = {"cost_items.csv": item, "payer_shares.csv": "own_item,household_out_of_pocket,rest"}
    items = {name: f"{custom.published(name)}{row}\n".encode() for name, row in added.items()}
    return {
        "folder.zip": models.write_zip(folder),
        "run.zip": models.bundle(models.run({"workplace_advice": 1.0}, None, used, draws=1_000)),
        "items.zip": models.write_zip(items),
    }


OWN = {  # upload -> what the notice names of it
    "folder.zip": ("lever_effects.csv", "levers.csv"),
    "run.zip": ("lever_effects.csv", "levers.csv"),
    "items.zip": ("cost_items.csv", "payer_shares.csv"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_tables_of_ones_own_show_on_every_page_with_the_way_back(own_tables, name, lang):
    test = page("files", lang=lang)
    upload(test, name, own_tables[name])
    test.button(key="wb-use").click().run()
    for shown in PAGES:
        test.switch_page(f"dashboard/pages/{shown}.py").run()
        assert not test.exception and not test.error, shown
        notice = next(text.value for text in test.text if OWN[name][0] in text.value)
        assert all(table in notice for table in OWN[name]), shown
        assert test.button(key="to_published"), shown
    for section in SECTIONS[lang]:
        go(test.switch_page("dashboard/pages/assumptions.py"), section, lang)
        assert not test.exception and not test.error, section
    test.button(key="to_published").click().run()
    assert not test.exception and in_force(test) is PUBLISHED
    assert "workplace_advice" not in [slider.key for slider in test.slider]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_back_is_there_when_a_page_cannot_be_made(lang):
    def broken_page():
        import streamlit as st

        import models
        from dashboard.server.html_shell import failed
        from dashboard.visitor import session

        if "lang" not in st.session_state:
            session.open_link()
            session.install(models.load_assumptions().with_values({"price_gp": 40.0}))
        failed(RuntimeError("planted"))

    test = AppTest.from_function(broken_page, default_timeout=30)
    test.query_params["lang"] = lang
    test.run()
    assert len(test.error) == 1 and in_force(test) is not PUBLISHED
    test.button(key="to_published_again").click().run()
    assert in_force(test) is PUBLISHED and not test.button


# -- two visitors ---------------------------------------------------------------------------------


def test_two_visitors_with_different_uploads_never_mix():
    tests = [page("files") for _ in range(2)]
    for test, value in zip(tests, (b"44.12", b"35.5"), strict=True):
        upload(test, "prices.csv", changed(value))
    for test in tests:
        test.button(key="wb-use").click().run()
    for test, value in zip(tests, (44.12, 35.5), strict=True):
        go(test, "price")
        assert in_force(test)["price_gp"].base == value
        assert (f"{value:.1f}".replace(".", ",")) in html(test)
    assert "33,1" in html(page(assumption="price_gp"))
