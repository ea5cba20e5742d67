"""How much a page says before anybody touches it: at most half of what it once printed.

Before there were three doors Overview printed 1,588 words in Dutch and 1,282 in English, and
Evidence 2,885 and 2,933: what a browser shows of the main part at 1440 pixels, 28 November 2026.
The bound is half of the smaller. Counted here: headings, running text, lists, tables, the squares
and the labels of controls; not what is folded away, nor what only a screen reader is told.
"""

import json
import re

import pytest

from dashboard.charts import EVIDENCE
from dashboard.wording.catalogue import LANGUAGES
from tests.pages.test_app import html, page

BOUNDS = {"overview": 1282 // 2, "evidence": 2885 // 2}
FOLDED = r"<details.*?</details>|<style>.*?</style>|<span class=\"unseen\">.*?</span>"
TURNED = (  # the other sides of the squares
    r'<p class="say (payer|basis)">.*?</p>|<div class="(payer|basis)"><dl.*?</dl>(<p.*?</p>)?</div>'
)
TEXTS = ("title", "header", "subheader", "markdown", "caption", "text")
CONTROLS = ("button", "pills", "expander")


def printed(test) -> list[str]:
    """The words that stand on the page."""
    said = [re.sub(FOLDED, " ", html(test), flags=re.S)]
    for part in test.get("bidi_component"):
        drawing = json.loads(part.proto.json or "{}").get("html", "")
        said.append(re.sub(TURNED, " ", drawing, flags=re.S))
    said += [block.value for kind in TEXTS for block in test.main.get(kind)]
    said += [block.label for kind in CONTROLS for block in test.main.get(kind)]
    text = re.sub(r"<[^>]+>", " ", " ".join(said))
    return text.split()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", BOUNDS)
def test_a_page_prints_at_most_half_of_the_words_it_did(name, lang):
    words = printed(page(name, lang=lang))
    assert 150 < len(words) <= BOUNDS[name]


def test_no_question_prints_more_than_the_bound():
    test = page("evidence")
    for name in EVIDENCE:
        test.session_state["open-question"] = name
        assert len(printed(test.run())) <= BOUNDS["evidence"], name
