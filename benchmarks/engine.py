"""The generated engine against the model: the same figures in Node and in a real Chromium.

Random scenarios over all levers, on both sides of today, under every valuation, overlap and anchor
and under edited assumptions. Each figure (totals, payers, cost items, perspectives, health; mean
and both ends of the range; today's scenario and the difference) must agree with `models.run` on the
same draws, within one part in a million of the base case's total, and health of its own figure.

Long: scenarios, both ways to run them and the comparison are one proof.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import models
from benchmarks.browser import chromium
from benchmarks.contest import Missing, progress
from benchmarks.report import Report
from models.browser.generator import BrowserEngine, generate
from models.engine.cash import MEASURES
from models.engine.options import ANCHORS
from models.formulas.lever_effects import OVERLAPS
from models.formulas.work import VALUATIONS

SCENARIOS, DRAWS, TOLERANCE = 1_000, 400, 1e-6
HERE = Path(__file__).parent
SCRIPTS = (
    HERE / "engine_answers.js",
    HERE / "engine_node.js",
    HERE.parent / "models" / "browser" / "runtime.js",
)
ENDS = ("mean", "p2_5", "p97_5")
EDITS = {  # edits that change today, a lever's start, the sign of an effect, a share to 0
    "published": {},
    "rates": {"use_xray": 0.14, "use_mri_gp": 0.025, "use_opioid_weak": 0.2, "use_referral": 0.2},
    "policy": {"pol_physio_package": 0.3, "pol_cannabis": 0.1, "ins_elasticity": -0.9},
    "effects": {"eff_walkback_hr": 1.1, "eff_rtw_default": 0.8, "eff_imaging_cascade": 300},
}


@dataclass
class Job:
    """One engine with the scenarios that it must answer, and what the model says to each."""

    name: str
    engine: BrowserEngine
    scenarios: list[dict] = field(default_factory=list)
    expected: list[Callable[[], dict]] = field(default_factory=list)


def random_levels(levers: Mapping, chance: random.Random) -> dict[str, float]:
    """Lever -> a level on its steps, for some levers; also ends, on both sides of today."""
    levels = {}
    for name, lever in levers.items():
        if chance.random() < 0.5:
            steps = round((lever.max - lever.min) / lever.step)
            level = lever.min + chance.randint(0, steps) * lever.step
            level = chance.choice((lever.min, lever.max, level, level, level))
            levels[name] = min(max(round(level, 12), lever.min), lever.max)
    return levels


def jobs(count: int, draws: int = DRAWS, seed: int = 1) -> list[Job]:
    """Engines over all options and edits, with `count` random scenarios dealt out among them."""
    chance = random.Random(seed)
    settings = list(product(EDITS, VALUATIONS, OVERLAPS, ANCHORS))
    chance.shuffle(settings)
    listed = []
    for number, (edit, valuation, overlap, anchor) in enumerate(settings[:count]):
        options = {"valuation": valuation, "overlap": overlap, "anchor": anchor}
        options |= {"presenteeism": chance.random() < 0.2, "seed": chance.randint(1, 9)}
        start = models.run(set_assumptions=EDITS[edit], draws=draws, **options)
        job = Job(f"{edit}-{valuation}-{overlap}-{anchor}", generate(start))
        for turn in range(len(range(number, count, len(settings)))):
            levels = random_levels(start.levers, chance)
            job.scenarios.append({"levels": levels, "years": turn == 0})
            job.expected.append(partial(models.run_like, start, levels))
        listed.append(job)
    return listed


def expected(result: models.Result) -> dict[str, dict]:
    """The figures in the model's own tables: name -> mean and interval, scenario and difference."""
    headline = result.headline
    named = {
        "total": {
            "after": _ends(headline["scenario_total"]),
            "change": _ends(headline["incremental_total"]),
            "saving": _share(headline["probability_saving"]),
        }
    }
    for by, kind in (("payer", "payer"), ("cost_item", "item")):
        after, change = (result.statistics(of, by) for of in ("scenario", "incremental"))
        for name in after:
            named[f"{kind}.{name}"] = {"after": _ends(after[name]), "change": _ends(change[name])}
    for name, share in result.probability_saving_by_payer.items():
        named[f"payer.{name}"]["saving"] = _share(share)
    after, change = (result.perspectives(of) for of in ("scenario", "incremental"))
    for name, row in change.iterrows():
        named[f"perspective.{name}"] = {
            "after": _ends(after.loc[name]),
            "change": _ends(row),
            "saving": _share(row["probability_saving"]),
        }
    health = result.health().set_index(["measure", "scenario"])
    for name in dict.fromkeys(health.index.get_level_values(0)):
        named[f"health.{name}"] = {
            "after": _ends(health.loc[name, "scenario"]),
            "change": _ends(health.loc[name, "incremental"]),
        }
    for name in MEASURES:
        named[f"premium.{name}"] = {
            "after": _ends(result.cash.premium_quantity(name, "scenario")),
            "change": _ends(result.cash.premium_quantity(name)),
        }
    return named


def expected_years(result: models.Result) -> dict[str, list[float]]:
    """Nominal difference by year and payer, from the budget impact."""
    frame = result.budget()
    names = {"total": "total", "programme": "programme"}
    amounts = {}
    for row in frame.to_dict("records"):
        year = row["year"] - result.first_year + 1
        if row["discounted"] and row["payer"] == "total":
            amounts[f"year.{year}.discounted"] = _ends(row)
        elif not row["discounted"]:
            name = names.get(row["payer"], f"payer.{row['payer']}")
            amounts[f"year.{year}.{name}"] = _ends(row)
    return amounts


def _share(chance: float | None) -> float:
    """A chance of saving; 0 where nothing changes and the model has none (NaN in a frame)."""
    return 0.0 if chance is None or isnan(chance) else chance


def _ends(row) -> list[float]:
    return [float(row[name]) for name in ENDS]


def differences(result: models.Result, answer: Mapping) -> dict[str, float]:
    """Figure -> error of the engine, as a share of the base-case total, or of the figure itself."""
    whole = result.headline["base_case_total"]["mean"]
    base = result.health(scenarios=("base_case",)).set_index("measure")["mean"]
    errors = {}
    for name, expected_values in expected(result).items():
        figures = answer["figures"].get(name)
        if figures is None:
            errors[name] = float("inf")
            continue
        scale = whole
        if name.startswith("health."):
            before = abs(base[name.removeprefix("health.")])
            scale = (
                before or abs(expected_values["after"][0]) or 1.0
            )  # what research finds: zero today
        elif name.startswith("premium."):
            scale = abs(expected_values["after"][0]) or 1.0
        for kind in ("after", "change"):
            pairs = zip(expected_values[kind], figures[kind], strict=True)
            errors[f"{name} {kind}"] = _off(pairs, scale)
        if "saving" in expected_values:  # a draw near zero may count on either side by rounding
            off = abs(expected_values["saving"] - figures["saving"]) * result.options.draws
            errors[f"{name} saving"] = 0.0 if off < 1.5 else float("inf")
    if "years" in answer:
        for name, expected_values in expected_years(result).items():
            figures = answer["years"].get(name)
            off = (
                _off(zip(expected_values, figures["change"], strict=True), whole)
                if figures
                else float("inf")
            )
            errors[name] = off
    return errors


def _off(pairs, scale: float) -> float:
    """The largest difference as a part of `scale`; a figure that is no number is infinitely off."""
    numbers = [(a, b) for a, b in pairs if a is not None and b is not None]  # JSON has no NaN
    worst = max((abs(a - b) / scale for a, b in numbers), default=float("inf"))
    return worst if len(numbers) == len(ENDS) and worst == worst else float("inf")


# -- where the engine runs -----------------------------------------------------------------------


def write(listed_jobs: list[Job], folder: Path, encoding: str = "float64") -> list[dict]:
    """The files of the engines in folders 0, 1, ... and the list of what to answer."""
    for script in SCRIPTS:
        shutil.copy(script, folder / script.name)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    listed = []
    for number, job in enumerate(listed_jobs):
        inner = folder / str(number)
        inner.mkdir()
        for name, content in job.engine.files(encoding).items():
            (inner / name).write_bytes(content)
        listed.append({"folder": str(number), "scenarios": job.scenarios})
    return listed


def in_node(folder: Path, listed: list[dict]) -> list[dict]:
    """Answers by Node; Missing where it is not installed."""
    node = shutil.which("node")
    if node is None:
        raise Missing("Node is not installed; apt-get install nodejs")
    done = subprocess.run(
        [node, str(folder / "engine_node.js"), str(folder)],
        input=json.dumps(listed),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-2000:])
    return json.loads(done.stdout)


PAGE = """async (jobs) => {
  const { answers } = await import("/engine_answers.js")
  const read = async (folder) => [
    await import(`/${folder}/engine.js`),
    await (await fetch(`/${folder}/columns.bin`)).arrayBuffer(),
    await (await fetch(`/${folder}/engine.json`)).json(),
  ]
  return answers(read, jobs)
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on an address of this machine."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def in_page(browser, folder: Path, listed: list[dict]) -> list[dict]:
    """Answers by a page of this browser that reads the engine from a server on this machine."""
    with served(folder) as address:
        page = browser.new_page()
        try:
            page.goto(f"{address}/package.json")
            return page.evaluate(PAGE, listed)
        finally:
            page.close()


def in_chromium(folder: Path, listed: list[dict]) -> list[dict]:
    """Answers by a browser; Missing where there is none, RuntimeError with what a page throws."""
    with chromium() as browser:
        try:
            return in_page(browser, folder, listed)
        except Exception as error:
            raise RuntimeError(str(error)) from None


def compared(listed_jobs: list[Job], answers: list[dict]) -> list[dict]:
    """A row a scenario: engine, levels, the worst figure and how far it is off."""
    rows = []
    flat = [(job, i) for job in listed_jobs for i in range(len(job.scenarios))]
    for (job, i), answer in zip(flat, answers, strict=True):
        off = differences(job.expected[i](), answer)
        worst = max(off, key=off.get)
        rows.append({
            "engine": job.name, "levels": job.scenarios[i]["levels"], "figures": len(off),
            "worst": worst, "off": off[worst], "ms": answer["ms"],
        })  # fmt: skip
    return rows


def run(rounds: int = SCENARIOS) -> Report:
    """`rounds` random scenarios in Node and in Chromium; AssertionError where one differs."""
    report = Report(
        "engine",
        "does the generated engine give the model's figures?",
        {"scenarios": rounds, "draws": DRAWS, "bar": f"{TOLERANCE:g} of the base-case total"},
    )
    made = jobs(rounds)
    progress(f"{len(made)} engines made")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        listed = write(made, folder)
        for where, answer in (("Node", in_node), ("Chromium", in_chromium)):
            try:
                rows = compared(made, answer(folder, listed))
            except Missing as reason:
                report.notes.append(f"{where} is skipped: {reason}")
                continue
            worst = max(rows, key=lambda row: row["off"])
            report.rows.append({
                "in": where, "scenarios": len(rows), "engines": len(made),
                "figures": sum(row["figures"] for row in rows),
                "above_the_bar": sum(bool(row["off"] > TOLERANCE) for row in rows),
                "largest_difference": float(worst["off"]), "figure": worst["worst"],
            })  # fmt: skip
    if not report.rows:
        raise Missing("; ".join(report.notes))
    bad = [row for row in report.rows if row["above_the_bar"]]
    if bad:
        raise AssertionError(f"the engine differs from the model: {bad}")
    return report
