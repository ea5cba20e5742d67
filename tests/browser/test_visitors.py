"""F10: two visitors at the same time each get the answer they would have got alone."""

import models
from dashboard.wording.catalogue import words_in
from dashboard.wording.sentences import simulator_answer

LABELS = {
    "return_to_work_support": "Hulp bij terugkeer naar werk",
    "unproven_treatments": "Onbewezen behandelingen ontmoedigen",
}
LEVELS = {"return_to_work_support": (0.2, 0.4, 0.6), "unproven_treatments": (0.4, 0.8)}
PRESSES = 4


def alone(levels: dict) -> str:
    return simulator_answer(models.run(levers=levels), words_in("nl"))[0]


def test_F10_two_visitors_at_once_never_share_an_answer(reader):
    tabs = {name: reader().open("/simulator") for name in LABELS}
    for turn in range(3):
        for name, tab in tabs.items():  # each moves while the other's page stands
            if turn < len(LEVELS[name]):
                tab.slide(LABELS[name], "ArrowRight", PRESSES)
                tab.tab.wait_for_url(f"**{name}={LEVELS[name][turn]}**")
            level = LEVELS[name][min(turn, len(LEVELS[name]) - 1)]
            tab.says(alone({name: level}))
    for name, tab in tabs.items():
        other = next(one for one in LABELS if one != name)
        assert f"{other}=" not in tab.tab.url
