"""C16 as a reader meets it: where amounts are rounded, the page says so."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.wording.catalogue import words_in

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "text"), [("overview", "chart.field.rounded"), ("simulator", "table.rounded")]
)
def test_C16_the_page_says_that_its_parts_are_rounded(name, text, lang):
    test = AppTest.from_file(str(APP), default_timeout=30)
    test.query_params["lang"] = lang
    test.run().switch_page(f"dashboard/pages/{name}.py").run()
    said = " ".join(caption.value for caption in test.caption)
    assert words_in(lang)(text) in said
