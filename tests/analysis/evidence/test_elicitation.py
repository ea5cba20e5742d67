"""Experts' quartiles: fits and pool by hand, contradictions said, the answer under each."""

import csv
import json
from dataclasses import replace

import pytest

import models
from models.analysis.evidence.elicitation import elicited, judgement, read_answers
from models.analysis.evidence.quartiles import Fit, fit, pooled_at
from models.command_line.parsers import main
from models.errors import DataError, UsageError
from models.formulas.distributions import quantile

PUBLISHED = models.load_assumptions()
ROW = PUBLISHED["eff_rtw_additional"]  # a share
PACKAGE = {"return_to_work_support": 0.5}
HEAD = "expert,parameter,question_en,question_nl,unit,least,most,q25,q50,q75,reason\n"
QUARTILE, TAIL = 0.6744898, 1.959964  # of the standard normal


def answer(expert: str, quartiles: str, parameter: str = ROW.parameter) -> str:
    return f"{expert},{parameter},,,share,0,1,{quartiles},\n"


def read(*lines: str):
    return read_answers([("form.csv", (HEAD + "".join(lines)).encode())], PUBLISHED)


def test_a_normal_row_has_the_quartiles_that_were_stated():
    """Quartiles 10 - 0.6745, 10 and 10 + 0.6745 are those of mean 10 and deviation 1."""
    row = replace(PUBLISHED["eff_ver01"], distribution="normal")
    found = fit(row, [10 - QUARTILE, 10, 10 + QUARTILE])
    assert (found.mean, found.mean * found.cv) == pytest.approx((10, 1), rel=1e-6)
    assert found.at(0.975) == pytest.approx(10 + TAIL, rel=1e-6)


@pytest.mark.parametrize(
    ("family", "mean", "cv"), [("beta", 0.3, 0.4), ("gamma", 5.0, 0.6), ("lognormal", 200.0, 0.5)]
)
def test_quartiles_of_a_member_of_a_family_give_it_back(family, mean, cv):
    stated = [float(quantile(family, mean, cv, u)) for u in (0.25, 0.5, 0.75)]
    found = fit(replace(ROW, distribution=family), stated)
    assert (found.mean, found.cv) == pytest.approx((mean, cv), rel=1e-5)
    assert found.below(stated[0]) == pytest.approx(0.25, abs=1e-6)


def test_the_linear_pool_of_two_experts_by_hand():
    """Normal 10 and 20 with deviation 1: 2.5% of the pool lies below the 5% point of the first."""
    two = [Fit("normal", 10, 0.1), Fit("normal", 20, 0.05)]
    assert pooled_at(two, 0.025) == pytest.approx(10 - 1.644854, abs=1e-5)
    assert pooled_at(two, 0.975) == pytest.approx(20 + 1.644854, abs=1e-5)


def test_experts_who_agree_pool_to_their_own_fit():
    one = Fit("beta", 0.4, 0.3)
    alone, three = judgement("a", ROW, [one]), judgement("a", ROW, [one, one, one])
    assert (three.base, three.low, three.high) == pytest.approx((alone.base, alone.low, alone.high))


def test_the_answer_stands_under_each_expert_and_the_pool():
    answers = read(answer("A", "0.2,0.3,0.4"), answer("B", "0.6,0.7,0.8"))
    found = elicited(answers, levers=PACKAGE, draws=200)
    assert [one.expert for one in found.outcomes] == ["", "A", "B", "pool"]
    a, b, pool = (one.incremental.mean for one in found.outcomes[1:])
    assert b < pool < a < 0  # more support that is additional saves more
    (pooled,) = [one for one in found.judgements if one.expert == "pool"]
    assert pooled.low < 0.3 and pooled.high > 0.7


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (answer("A", "0.4,0.3,0.5"), "three rising numbers"),
        (answer("A", "0.3,0.3,0.5"), "three rising numbers"),
        (answer("A", "0.3,,0.5"), "three rising numbers"),
        (answer("A", "0.3,0.5,1.5"), "from 0 to 1"),
        (answer("A", "0.2,0.3,x"), "x"),
        (answer("", "0.2,0.3,0.4"), "expert"),
        (answer("A", "0.2,0.3,0.4", "eff_rtw_aditional"), "eff_rtw_additional"),
        (answer("A", "0.2,0.3,0.4") * 2, "A"),
    ],
)
def test_answers_that_contradict_themselves_get_a_sentence(line, sentence):
    with pytest.raises(DataError, match=sentence):
        read(line)


def test_the_form_goes_out_empty_and_comes_back(tmp_path, capsys):
    path = tmp_path / "form.csv"
    assert main(["elicit", "--questions", "3", "--draws", "50", "--out", str(path)]) == 0
    assert read_answers([path], PUBLISHED) == ()
    with path.open(encoding="utf-8", newline="") as file:
        asked = [row["parameter"] for row in csv.DictReader(file)]
    assert len(asked) == 3
    assert {PUBLISHED[name].provenance for name in asked} == {"expert_guess"}
    with pytest.raises(UsageError, match="no question is answered"):
        elicited(())
    path.write_text(HEAD + answer("A", "0.2,0.3,0.4"), encoding="utf-8")
    told = ["elicit", "--answers", str(path), "--draws", "100"]
    assert main([*told, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["experts"] == ["A"]
    assert main(told) == 0 and "as it is" in capsys.readouterr().out
