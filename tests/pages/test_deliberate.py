"""The page where two parties settle a number: a pasted link, the answer, a link that is broken."""

import models
from tests.pages.test_app import html, page

LINK = "http://localhost:8501/?a.eff_rtw_default=1:0.999:1.001&a.price_gp=40"


def test_two_sides_are_compared_and_a_broken_link_is_said():
    test = page("deliberate", lang="en", return_to_work_support="0.5", draws="1000")
    assert "for both sides" in " ".join(one.value for one in test.markdown)
    test.radio(key="deliberate-from-b").set_value("link").run()
    test.text_input(key="deliberate-link-b").set_value(LINK.replace("price_gp", "price_gq")).run()
    assert "price_gq" in html(test) and not test.exception
    test.text_input(key="deliberate-name-b").set_value("<i>Insurer</i>")
    test.text_input(key="deliberate-link-b").set_value(LINK).run()
    said = html(test)
    label = models.load_assumptions()["eff_rtw_default"].label_en
    assert f"One number divides you: “{label}”" in said and not test.exception
    assert "<i>Insurer</i>" not in said and "&lt;i&gt;Insurer&lt;/i&gt;" in said
    test.radio(key="deliberate-sides").set_value(3).run()
    assert "for every side" in " ".join(one.value for one in test.markdown)
    test.radio(key="deliberate-from-c").set_value("published").run()
    assert not test.exception and "Sides of this deliberation" in html(test)
    test.selectbox(key="deliberate-pair-3").set_value(1).run()
    assert "The two sides have the same numbers" in html(test)
