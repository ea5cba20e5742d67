"""An analyst's whole loop in a real browser, and two analysts at once."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import models
from dashboard.parts.frame.doors import LISTED
from tests.support.calc import as_dutch_excel, edit_cell, office

ROOT = Path(__file__).parents[2]
PUBLISHED = models.load_assumptions()
SECTIONS = {"price": "Uw wijzigingen", "files": "Bestanden", "browse": "Bekijken en wijzigen"}


def section(tab, name: str):
    tab.tab.get_by_role("tab", name=SECTIONS[name]).click()
    tab.tab.locator(f'[role=tab][aria-selected=true]:has-text("{SECTIONS[name]}")').wait_for()
    return tab.wait()


def downloaded(tab, button: str) -> tuple[str, bytes]:
    with tab.tab.expect_download() as waiting:
        tab.tab.get_by_role("button", name=button, exact=True).click()
    file = waiting.value
    with open(file.path(), "rb") as stream:
        return file.suggested_filename, stream.read()


def upload(tab, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    tab.tab.locator("input[type=file]").set_input_files(file)
    tab.tab.get_by_text(f"Gelezen: {name}").wait_for()
    tab.wait()
    tab.tab.get_by_role("button", name="Reken hiermee", exact=True).click()
    tab.tab.get_by_text(f"Er wordt nu gerekend met {name}").wait_for()
    tab.wait()


def priced(tab) -> list[list[str]]:
    section(tab, "price")
    tab.tab.get_by_role("region", name="Wat elke wijziging doet").wait_for()
    rows = tab.tab.locator(".edits tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def command(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "models", *words], cwd=ROOT, capture_output=True, text=True
    )


def million(amount: float) -> str:
    text = f"{abs(amount) / 1e6:,.1f}".translate(str.maketrans(",.", ".,"))
    return f"{'+' if amount > 0 else '−'}{text}"


# where there is no LibreOffice, tests/support/test_calc.py says so
PROGRAMS = ["Dutch Excel", *(["LibreOffice"] if office() else [])]


@pytest.mark.parametrize("program", PROGRAMS)
def test_download_edit_upload_price_bundle_verify(reader, tmp_path, program):
    tab = section(reader().open("/assumptions?walking_programme=0.2"), "files")
    tab.choose("Eén tabel", "prices.csv")
    tab.tab.get_by_role("button", name="Download prices.csv").wait_for()
    name, data = downloaded(tab, "Download prices.csv")
    assert name == "prices.csv" and data.startswith(b"\xef\xbb\xbfparameter;")
    table = tmp_path / name
    table.write_bytes(data)
    if program == "LibreOffice":
        edited = edit_cell(table, "price_gp", "33,12", "44,12", tmp_path / "office")
    else:
        edited = as_dutch_excel(data, "price_gp", "33,12", "44,12")
    assert not edited.startswith(b"\xef\xbb\xbf") and b"\xef" in edited  # ï in Windows-1252
    upload(tab, name, edited)

    first, *sums = priced(tab)
    used = PUBLISHED.with_values({"price_gp": (44.12, 30.84, 45.57)})
    found = models.price(used, {"walking_programme": 0.2})
    effect = found["edits"][0]
    assert first[0] == "Huisartsconsult (gemiddeld)"
    assert first[3:5] == [million(effect["alone"]), million(effect["alone_incremental"])]
    assert sums[-1][3] == million(found["total"])
    if program != PROGRAMS[-1]:
        return  # what follows no longer depends on who wrote the file
    code = tab.tab.locator("[data-testid=stCode]").inner_text()

    section(tab, "files")
    name, data = downloaded(tab, "Alle tabellen (zip)")
    folder = tmp_path / "folder"
    folder.mkdir()
    for file, content in models.read_zip(data, name).items():
        (folder / file).write_bytes(content)
    words = code.strip().replace("FOLDER", str(folder)).split()[3:]
    told = command(*words, "--format", "json")
    assert json.loads(told.stdout)["total"] == found["total"], told.stderr

    name, data = downloaded(tab, "Download het rekenpakket")
    (tmp_path / name).write_bytes(data)
    verified = command("verify", str(tmp_path / name))
    assert verified.returncode == 0, verified.stderr
    assert not tab.outside and not tab.errors


def test_two_analysts_at_once_each_see_their_own(reader):
    tabs = [section(reader().open("/assumptions"), "files") for _ in range(2)]
    data = PUBLISHED.to_tables()["prices.csv"]
    for tab, value in zip(tabs, (b"44.12", b"35.5"), strict=True):
        upload(tab, "prices.csv", data.replace(b",33.12,", b"," + value + b","))
    for tab, value in zip(tabs, (44.12, 35.5), strict=True):
        used = PUBLISHED.with_values({"price_gp": (value, 30.84, 45.57)})
        assert priced(tab)[0][3] == million(models.price(used)["total"])
    third = reader().open("/assumptions")
    assert third.tab.get_by_text("Deze cijfers rusten op eigen aannames").count() == 0


@pytest.fixture(scope="module")
def own_uploads() -> dict[str, bytes]:
    """The folder that examples/custom_lever.py writes, and a bundle of a run with it."""
    folder = runpy.run_path(str(ROOT / "examples" / "custom_lever.py"))["folder"]
    used = models.load_assumptions(folder)
    return {
        "folder.zip": models.write_zip({p.name: p.read_bytes() for p in folder.glob("*.csv")}),
        "run.zip": models.bundle(models.run({"workplace_advice": 1.0}, None, used, draws=1_000)),
    }


@pytest.mark.parametrize("name", ["folder.zip", "run.zip"])
def test_a_lever_of_ones_own_is_uploaded_and_every_page_opens(reader, own_uploads, name):
    tab = section(reader().open("/assumptions"), "files")
    upload(tab, name, own_uploads[name])
    for page in LISTED:
        tab.go(page)
        title = tab.tab.locator("[data-testid=stMain] h1").inner_text()
        tab.tab.get_by_text("Eigen tabellen: levers.csv, lever_effects.csv").wait_for()
        assert tab.tab.locator("[data-testid=stAlert], [data-testid=stException]").count() == 0, (
            title
        )
        slider = tab.tab.get_by_role("slider", name="Advies op de werkplek")
        tab.unfold()
        assert slider.count() == (page == "simulator"), title
    tab.tab.get_by_role("button", name="Terug naar de gepubliceerde aannames").click()
    tab.tab.get_by_role("slider", name="Advies op de werkplek").wait_for(state="detached")
    assert not tab.wait().outside and not tab.errors


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_edit_is_typed_refused_mended_and_counts(reader, lang):
    said = {
        "nl": ("Waarde", "Reden (verplicht)", "Reken hiermee", "een getal", "41,5"),
        "en": ("Value", "Reason (required)", "Calculate with this", "a number", "41.5"),
    }[lang]
    tab = reader().open(f"/assumptions?lang={lang}&assumption=price_gp")
    base = tab.tab.get_by_role("textbox", name=said[0], exact=True)
    base.fill("veel")
    tab.tab.get_by_role("textbox", name=said[1]).fill("Eigen telling")
    tab.tab.get_by_role("button", name=said[2]).click()
    wrong = tab.tab.locator(".wrong")
    wrong.wait_for()
    assert said[3] in wrong.inner_text() and base.input_value() == "veel"
    base.fill(said[4])
    tab.tab.get_by_role("button", name=said[2]).click()
    tab.tab.wait_for_url("**a.price_gp=41.5**")
    tab.wait()
    assert tab.tab.locator(".wrong").count() == 0 and not tab.errors


def test_a_row_opens_and_its_address_can_be_shared(reader):
    tab = reader().open("/assumptions")
    tab.tab.get_by_role("textbox", name="Zoek op woord, naam of bron").fill("price_gp")
    tab.tab.keyboard.press("Enter")
    tab.tab.get_by_role("button", name="Huisartsconsult (gemiddeld)").click()
    tab.tab.wait_for_url("**assumption=price_gp**")
    other = reader()
    other.tab.goto(tab.tab.url)
    other.wait().tab.get_by_role("heading", name="Huisartsconsult").wait_for()
    other.tab.get_by_role("button", name="Alle aannames").click()
    other.tab.wait_for_function("() => !location.search.includes('assumption=price_gp')")


TABS = {
    "nl": ["Bekijken en wijzigen", "Uw wijzigingen", "Bestanden"],
    "en": ["Look and edit", "Your edits", "Files"],
}


@pytest.mark.parametrize("lang", TABS)
def test_every_section_is_accessible_and_fits_a_telephone(reader, lang):
    address = f"/assumptions?lang={lang}&assumption=sl_share&a.sl_share=0.5&a.price_gp=44"
    tab = reader(width=390, height=844).open(address)
    broken = PUBLISHED.to_tables()["prices.csv"].replace(b",33.12,", b",veel,")
    for name in TABS[lang]:
        tab.tab.get_by_role("tab", name=name).click()
        tab.tab.locator(f'[role=tab][aria-selected=true]:has-text("{name}")').wait_for()
        tab.wait()
        if name == TABS[lang][0]:
            tab.tab.locator("[data-testid=stFormSubmitButton] button").first.click()
            tab.tab.locator(".wrong").wait_for()
        if name == TABS[lang][2]:
            file = {"name": "prices.csv", "mimeType": "text/csv", "buffer": broken}
            tab.tab.locator("input[type=file]").set_input_files(file)
            tab.tab.get_by_text("“veel”").wait_for()
        for dark in (False, True) if lang == "nl" else (False,):
            assert tab.turn(dark).axe() == [], name
        assert tab.turn(dark=False).sideways() == [0, 0], name
    assert not tab.outside and not tab.errors
