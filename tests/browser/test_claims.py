"""The claim checker as a reader uses it: filter, search, download, follow a link to one claim."""

import csv
import io
from pathlib import Path

from dashboard.wording.claims import claims

SHOWN = "details.claim"
FOUND = f"""() => {{  // only claims about walking, and some
  const shown = [...document.querySelectorAll('{SHOWN}')].map((each) => each.textContent);
  return shown.length > 0 && shown.length < 41 && shown.every((each) => each.includes('andel'));
}}"""


def test_filter_search_and_download(reader):
    tab = reader().open("/claims").tab
    tab.locator(SHOWN).first.wait_for()
    assert tab.locator(SHOWN).count() == 41
    without = [claim.id for claim in claims("nl") if claim.verdict == "no_source_found"]
    button = tab.get_by_role("button", name=f"Geen bron gevonden ({len(without)})")
    button.click()
    tab.wait_for_function(f"() => document.querySelectorAll('{SHOWN}').length === {len(without)}")
    with tab.expect_download() as file:
        tab.get_by_role("button", name="Download deze beweringen (CSV)").click()
    assert file.value.suggested_filename == "wat-kost-rugpijn_beweringen_nl.csv"
    text = Path(file.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["naam"] for row in rows] == without and len(without) < 41
    button.click()
    tab.wait_for_function(f"() => document.querySelectorAll('{SHOWN}').length === 41")
    tab.get_by_label("Zoek in de beweringen").fill("wandel")
    tab.get_by_label("Zoek in de beweringen").press("Enter")
    tab.wait_for_function(FOUND)


def test_a_claim_is_opened_by_its_link_and_the_link_is_kept(reader):
    first = reader().open("/claims?lang=en")
    card = first.tab.locator(SHOWN, has_text="stay free of complaints twice as long")
    card.locator("summary").click()
    assert card.get_by_text("Median 208 against 112 days").is_visible()
    address = card.get_by_text("Link to this claim").get_attribute("href")
    assert "claim=walk_twice" in address and "lang=en" in address
    other = reader()
    other.tab.goto(address)
    other.wait()
    assert other.tab.get_by_role("heading", name="The claim of this link").is_visible()
    opened = other.tab.locator(f"{SHOWN}[open]")
    opened.wait_for()
    assert opened.count() == 1
    assert other.tab.get_by_text("Median 208 against 112 days").first.is_visible()
    assert "Part of this link" not in other.tab.inner_text("body")
    assert not other.outside and not other.errors
