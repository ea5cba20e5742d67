"""The shown texts of the simulator in one file against those of Python, letter by letter.

Random scenarios over all levers, on both sides of today, under every valuation, overlap and anchor
and under edited assumptions; each file is opened in Chromium, in both languages.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import models
from benchmarks.browser import chromium
from benchmarks.contest import progress
from benchmarks.engine import DRAWS, EDITS, SCENARIOS, random_levels
from benchmarks.report import Report
from dashboard.documents.simulator import simulator_html
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import live_texts
from models.engine.options import ANCHORS
from models.formulas.lever_effects import OVERLAPS
from models.formulas.work import VALUATIONS

SHOWN = """(list) => list.map((levels) => {
  const view = window.simulator
  view.set(levels)
  const alone = Object.fromEntries(
    Object.entries(view.now).map(([id, level]) => [id, view.engine.alone(id, level)]))
  return view.texts.all(view.engine.run(view.now), alone)
})"""
LISTED = 5  # differing texts that are named


def run(rounds: int = SCENARIOS, seed: int = 1) -> Report:
    """`rounds` random scenarios in each language; AssertionError where a text differs."""
    report = Report(
        "texts",
        "does the file say what Python says?",
        {"scenarios a language": rounds, "draws": DRAWS, "seed": seed},
    )
    chance = random.Random(seed)
    settings = list(product(EDITS, VALUATIONS, OVERLAPS, ANCHORS))
    chance.shuffle(settings)
    settings = settings[:rounds]
    compared: Counter[str] = Counter()
    different: list[dict] = []
    with TemporaryDirectory() as folder, chromium() as browser:
        page = browser.new_page()
        for number, (edit, valuation, overlap, anchor) in enumerate(settings):
            options = {"valuation": valuation, "overlap": overlap, "anchor": anchor}
            start = models.run(set_assumptions=EDITS[edit], draws=DRAWS, **options)
            turns = range(number, rounds, len(settings))
            chosen = [random_levels(start.levers, chance) for _ in turns]
            shown = {lang: _shown(page, Path(folder), start, lang, chosen) for lang in LANGUAGES}
            for place, levels in enumerate(chosen):
                result = models.run_like(start, levels)
                for lang in LANGUAGES:
                    wanted, seen = live_texts(result, words_in(lang)), shown[lang][place]
                    compared[lang] += len(wanted)
                    different += [
                        {"in": lang, "engine": f"{edit}-{valuation}-{overlap}-{anchor}",
                         "levels": levels, "text": name, "python": wanted.get(name),
                         "browser": seen.get(name)}
                        for name in wanted.keys() | seen.keys()
                        if wanted.get(name) != seen.get(name)
                    ]  # fmt: skip
            if number % 12 == 11:
                progress(f"{number + 1} of {len(settings)} files, {len(different)} texts differ")
    for lang in LANGUAGES:
        wrong = sum(entry["in"] == lang for entry in different)
        report.rows.append({
            "in": lang, "scenarios": rounds, "files": len(settings),
            "texts": compared[lang], "differ": wrong,
        })  # fmt: skip
    if different:
        raise AssertionError(f"{len(different)} texts differ: {different[:LISTED]}")
    return report


def _shown(page, folder: Path, start: models.Result, lang: str, chosen: list[dict]) -> list[dict]:
    """The texts that the file of this run shows for each of these levels."""
    path = folder / f"{lang}.html"
    path.write_text(simulator_html(start, words_in(lang)), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_function("window.simulator")
    return page.evaluate(SHOWN, chosen)
