"""The page of the trials: pooled, one dropped, a file of one's own, and the effect put to use."""

from models.paths import DATA
from tests.pages.test_app import html, page

TABLE = (DATA / "trials.csv").read_text(encoding="utf-8")


def test_trials_are_pooled_dropped_and_used():
    test = page("trials", lang="en", draws="1000")
    assert "Together 2 trials give 1.77 (0.90 to 3.51)" in html(test)
    assert "Certainty: very low" in html(test) and not test.exception
    kept = next(box for box in test.button_group if box.key.startswith("trials-kept"))
    kept.set_value(["anema_2007_workplace"]).run()
    assert "One trial counts" in html(test)
    kept = next(box for box in test.button_group if box.key.startswith("trials-kept"))
    kept.set_value(["anema_2007_workplace", "lambeek_2010"]).run()
    test.button(key="trials-use").click().run()
    assert round(test.session_state["own_assumptions"]["eff_rtw_default"].base, 2) == 1.77


def test_a_file_with_a_fault_is_said_and_not_used():
    test = page("trials", lang="nl", draws="1000")
    wrong = TABLE.replace(",1.7,1.2,2.3,", ",1.7,2.3,1.2,").encode()
    test.file_uploader[0].upload("mine.csv", wrong, "text/csv").run()
    assert "low, estimate en high in die volgorde" in html(test)
    assert "Samen geven 2 proeven" in html(test) and not test.exception
