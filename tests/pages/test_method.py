"""The page on the method: every document can be read and downloaded there, in both languages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models
from dashboard.parts import method
from dashboard.reference import documents
from dashboard.reference.markdown import on_page
from dashboard.wording.catalogue import LANGUAGES, words_in

APP = Path(__file__).parents[2] / "streamlit_app.py"
PUBLISHED = models.load_assumptions()


def page(lang: str) -> AppTest:
    test = AppTest.from_file(str(APP), default_timeout=60)
    test.query_params["lang"] = lang
    return test.run().switch_page("dashboard/pages/method.py").run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_document_can_be_read(lang):
    test = page(lang)
    for title in test.selectbox[0].options:
        test.selectbox[0].set_value(title).run()
        assert not test.exception and not test.error and not test.get("doc_string")
        last = test.selectbox[1].options[-1]
        test.selectbox[1].set_value(last).run()
        for kind, block in method.blocks(last, method.readable(words_in(lang))[title][last]):
            assert block in [shown.value for shown in test.markdown] or kind == "html"
            assert kind == "markdown" or block in [one.proto.body for one in test.get("html")]
            assert "](" not in block.replace("](http", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_read_is_what_is_in_the_files(lang):
    shown = method.readable(words_in(lang))
    texts = {text for parts in shown.values() for text in parts.values()} | {
        method.most(words_in(lang))[1]
    }
    assert texts == {
        on_page(section.text) for one in documents(lang).values() for section in one.sections
    }
    kept = {file: content() for _, file, content in method.downloads(words_in(lang))}
    root = Path(__file__).parents[2] / "docs"
    for name in documents(lang):
        assert kept[f"{name}-{lang}.md"] == (root / "reference" / lang / f"{name}.md").read_bytes()
    for name in method.WRITTEN:
        assert kept[f"{name}-en.md"] == (root / f"{name}.md").read_bytes()


def test_counts_of_guesses_add_up():
    _, rows = method.counts(PUBLISHED, words_in("en"))
    *parts, whole = [[int(cell) for cell in row[1:]] for row in rows]
    assert [sum(column) for column in zip(*parts, strict=True)] == whole
    assert whole[-1] == sum(whole[:-1]) == len(PUBLISHED.used)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_steps_choices_and_limits_have_a_title_and_a_reason(lang):
    words = words_in(lang)
    for kind, least in (("choices", 8), ("limits", 4)):
        found = method.points(kind, words)
        assert len(found) >= least and all(title and text for title, text in found)
