"""The simulator in one file: opened from disk it says what the page says, letter by letter.

Long: the file takes seconds to make, and these tests share one.
"""

import base64
import hashlib
import json
import random
import re
import shutil
import subprocess

import pytest

import models
from benchmarks.engine import random_levels
from benchmarks.texts import SHOWN
from dashboard.charts.style import font_address
from dashboard.command_line.parsers import main
from dashboard.documents.module_bundle import bundle
from dashboard.documents.simulator import FOLDER, simulator_html
from dashboard.languages import LANGUAGES
from dashboard.wording import numbers
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import alone_text, live_texts
from models.browser.verify_page import verify_page
from models.errors import DataError, UsageError

DRAWS = 300
PACKAGE = models.run(scenario="article_proposals", draws=DRAWS)
SAMPLE = 14  # scenarios a language whose texts are compared


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulator")
    for lang in LANGUAGES:
        (folder / f"{lang}.html").write_text(simulator_html(PACKAGE, words_in(lang)), "utf-8")
    return folder


@pytest.fixture
def page(chromium):
    """A page that is offline and notes every request and every error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: page.wrong.append(message.text))
    page.on("request", lambda request: page.wrong.append(request.url))
    yield page
    context.close()


def opened(page, path, address=""):
    page.goto(path.as_uri() + address)
    page.wait_for_function("() => window.simulator")
    assert page.wrong == [path.as_uri()], "the file itself, and nothing else"
    page.wrong.clear()


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_that_of_the_page(lang, files, page):
    """Levels on both sides of today; the draws of the file have 24 bits."""
    chance = random.Random(11)
    levers = PACKAGE.levers
    chosen = [{}, PACKAGE.levels, *(random_levels(levers, chance) for _ in range(SAMPLE))]
    opened(page, files / f"{lang}.html")
    told = page.evaluate(SHOWN, chosen)
    for levels, texts in zip(chosen, told, strict=True):
        wanted = live_texts(models.run_like(PACKAGE, levels), words_in(lang))
        assert texts == wanted, levels
    assert page.wrong == []


@pytest.mark.browser
def test_what_is_seen_is_what_is_said(files, page):
    """The open page: lead, range, verdict, payers; and the effect of each lever alone."""
    opened(page, files / "nl.html")
    wanted = live_texts(PACKAGE, words_in("nl"))
    seen = page.locator("#sim-root").inner_text()
    for name in ("lead", "range", "verdict", "who", "figure.chance"):
        assert wanted[name] in seen
    for row in PACKAGE.catalogue["payers"]:
        assert wanted[f"payer.{row['id']}"] in seen
    words = words_in("nl")
    for name in PACKAGE.levels:
        assert words("live.alone", change=wanted[f"alone.{name}"]) in seen


@pytest.mark.browser
def test_the_keyboard_moves_a_lever_and_the_address_follows(files, page):
    """Two steps of one percentage point from 11%: 13%, then back to today on Home's far side."""
    opened(page, files / "en.html", "#xray_share=0.11")
    page.evaluate("window.simulator.set({})")
    summary = page.locator("summary", has_text="X-rays")
    summary.focus()
    page.keyboard.press("Enter")
    slider = page.locator("#sim-xray_share")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.simulator.levels()") == {"xray_share": 0.13}
    assert slider.get_attribute("aria-valuetext") == "13%; today 11%; studied 6.5% to 10.1%"
    assert page.evaluate("location.hash") == "#xray_share=0.13"
    words = words_in("en")
    result = models.run_like(PACKAGE, {"xray_share": 0.13})
    assert page.locator(".sim-lead").inner_text() == live_texts(result, words)["lead"]
    said = words("live.alone", change=alone_text(result, "xray_share", 0.13, words))
    assert page.locator(".sim-lever", has=slider).locator(".sim-alone").inner_text() == said
    typed = page.get_by_label("Patients who get an X-ray, level")
    typed.fill("5")
    typed.press("Enter")
    assert page.evaluate("window.simulator.levels()") == {"xray_share": 0.05}
    typed.fill("no number")
    typed.press("Enter")
    assert typed.input_value() == "5"
    page.get_by_role("button", name="All back to today").click()
    assert page.evaluate("window.simulator.levels()") == {}
    tabs = page.get_by_role("tab")
    tabs.first.focus()
    page.keyboard.press("ArrowLeft")  # round to the last, the only one with a tab stop then
    stops = tabs.evaluate_all("all => all.map((tab) => tab.tabIndex)")
    assert stops == [-1] * (tabs.count() - 1) + [0]
    assert tabs.last.evaluate("tab => tab === document.activeElement && tab.ariaSelected") == "true"


@pytest.mark.browser
def test_a_file_with_draws_of_another_engine_refuses(files, chromium, tmp_path):
    text = (files / "nl.html").read_text("utf-8")
    other = simulator_html(models.run(draws=DRAWS, seed=2), words_in("nl"))
    part = re.compile(r'(id="columns">)([^<]*)')
    mixed = part.sub(lambda found: found[1] + part.search(other)[2], text)
    (tmp_path / "mixed.html").write_text(mixed, "utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "mixed.html").as_uri())
    alert = page.get_by_role("alert").inner_text()
    assert "geen antwoord" in alert and "belongs to another engine" in alert
    assert page.evaluate("typeof window.simulator") == "undefined"
    page.close()


def test_it_is_small_and_asks_nothing(files):
    """Under 1 MB at 2,000 draws; a script and a style, each by its hash; no handler, no eval."""
    page = simulator_html(models.run(draws=2_000), words_in("nl"))
    assert len(page.encode()) < 1_000_000
    script = re.search(r"<script>(.*?)</script>", page, re.S)[1]
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    for name, text in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name} &#39;sha256-{digest}&#39;" in page
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"\son\w+=|\sstyle=|javascript:|<link|<img|\ssrc=", page)
    assert not re.search(r"\beval\b|\bFunction\(|innerHTML|https?://(?!www\.w3\.org/)", script)
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#sim-hatch", "#${id}", font_address()}


NUMBERS = [
    0, 0.5, 1.5, 2.5, -2.5, 0.25, 0.125, 0.35, 1e-9, -0.4, 49.5, 999.96e6, 1e9, 99.95e6, 12345.678,
    -1234567.5, 5e4, 2e6, 3.5e6, 1e6, 9.999e5, -0.05, 0.045, 0.055, 1.005, 1e12, 123456789.5,
]  # fmt: skip


@pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_are_written_as_python_writes_them(lang, tmp_path):
    chance = random.Random(3)
    some = NUMBERS + [
        round(chance.uniform(-1, 1) * 10 ** chance.uniform(-3, 10), 3) for _ in range(300)
    ]
    some += [chance.randint(-4000, 4000) / 8 for _ in range(200)]  # exact halves among them
    pairs = [(a, b) for a, b in zip(some, reversed(some), strict=True)]
    shutil.copy(FOLDER / "numbers.js", tmp_path / "numbers.mjs")
    (tmp_path / "run.mjs").write_text(
        """
        import * as n from "./numbers.mjs"
        const [lang, some, pairs] = JSON.parse(await new Response(process.stdin).text())
        const one = (x) => [
          ...[0, 1, 2, 3].map((d) => n.number(x, lang, d)), n.signed(x, lang, 1),
          n.percent(x, lang, 1),
          n.chance(Math.abs(x) % 1, lang), n.euros(x, lang), n.euros(x, lang, { step: 1e6 }),
          n.euros(x, lang, { step: 1000, plus: true, like: 2e6 }), n.millions(x, lang, 1, true),
        ]
        const two = ([a, b]) => [
          ...n.estimate({ mean: (a + b) / 2, p2_5: a, p97_5: b }, lang), n.euroRange(a, b, lang),
          n.countRange(a, b, lang), n.count({ mean: a, p2_5: a, p97_5: b }, lang, true),
          String(n.rounding(a, b)),
        ]
        process.stdout.write(JSON.stringify([some.map(one), pairs.map(two)]))
        """,
        "utf-8",
    )
    done = subprocess.run(
        ["node", str(tmp_path / "run.mjs")],
        input=json.dumps([lang, some, pairs]), capture_output=True, text=True, check=True,
    )  # fmt: skip
    ones, twos = json.loads(done.stdout)
    for x, found in zip(some, ones, strict=True):
        wanted = [numbers.number(x, lang, d) for d in range(4)]
        wanted += [numbers.signed(x, lang, 1), numbers.percent(x, lang, 1)]
        wanted += [numbers.chance(abs(x) % 1, lang), numbers.euros(x, lang)]
        wanted += [numbers.euros(x, lang, 1e6), numbers.euros(x, lang, 1000, True, 2e6)]
        wanted.append(numbers.millions(x, lang, 1, True))
        assert found == wanted, x
    for (a, b), found in zip(pairs, twos, strict=True):
        wanted = [*numbers.estimate((a + b) / 2, a, b, lang), numbers.euro_range(a, b, lang)]
        wanted += [numbers.count_range(a, b, lang), numbers.count(a, a, b, lang, True)]
        assert found[:-1] == wanted and float(found[-1]) == numbers.rounding(a, b), (a, b)


def test_modules_become_one_script():
    made = bundle({
        "a.js": "export const one = 1\nexport function two() { return 2 }",
        "b.js": 'import { one, two } from "./a.js"\nimport * as a from "./a.js"\nlet c = one',
    })  # fmt: skip
    assert 'const { one, two } = modules["a.js"]' in made and "return {one, two}" in made
    assert not re.search(r"^\s*(import|export)", made, re.M)


@pytest.mark.parametrize("text", ('import x from "./a.js"', "export default 1", 'import "./a.js"'))
def test_another_form_of_module_is_refused(text):
    with pytest.raises(ValueError, match="b.js"):
        bundle({"b.js": text})


def test_verify_says_the_same(files):
    assert verify_page(files / "nl.html") == []


TAMPERED = {
    "headline": lambda text: text.replace('"probability_saving":', '"probability_saving":1', 1),
    "columns": lambda text: re.sub(r'(id="columns">[^<]{4000})(.)', _other_letter, text),
    "engine.js": lambda text: text.replace("Math.max(", "Math.min(", 1),
    "runtime.js": lambda text: text.replace("rank - below", "rank + below", 1),
    "scenario_id": lambda text: re.sub(
        r'"levels":\{', '"levels":{"mri_share":0.01,', text, count=1
    ),
    "id": lambda text: text.replace('"seed":1', '"seed":2', 1),
}


def _other_letter(found):
    return found[1] + ("A" if found[2] != "A" else "B")


@pytest.mark.parametrize("part", TAMPERED)
def test_verify_names_what_was_changed(part, files, tmp_path):
    text = (files / "nl.html").read_text("utf-8")
    changed = TAMPERED[part](text)
    assert changed != text
    (tmp_path / "changed.html").write_text(changed, "utf-8")
    try:
        found = [one.key for one in verify_page(tmp_path / "changed.html")]
    except DataError as error:  # damaged columns cannot be read at all
        assert part == "columns"
        found = [one.key for one in error.findings]
    assert part in found or (part == "columns" and found == ["data"])


@pytest.mark.parametrize(
    "content", (b"", b"<p>hello</p>", b"\xff\xfe", b'<script id="data">{}</script>')
)
def test_another_file_is_refused_in_words(content, tmp_path):
    (tmp_path / "other.html").write_bytes(content)
    with pytest.raises(DataError, match="no simulator"):
        verify_page(tmp_path / "other.html")


def test_the_command_writes_the_file_and_edits_are_in_it(tmp_path):
    out = tmp_path / "sim.html"
    asked = [
        "simulator",
        "--out",
        str(out),
        "--lang",
        "en",
        "--draws",
        "50",
        "--set",
        "xray_share=0.05",
    ]
    assert main([*asked, "--set-assumption", "price_gp=60"]) == 0
    assert verify_page(out) == []
    assert "--set-assumption price_gp=60" in out.read_text("utf-8")


def test_tables_of_ones_own_are_refused_in_words(tmp_path):
    for path in models.load_assumptions().to_tables().items():
        (tmp_path / path[0]).write_bytes(path[1])
    name = tmp_path / "prices.csv"
    name.write_text(name.read_text("utf-8").replace("GP consultation", "GP visit", 1), "utf-8")
    mine = models.load_assumptions(tmp_path)
    if mine.as_values(models.load_assumptions())[1:] == ((), ()):
        pytest.skip("the tables say the same")
    with pytest.raises(UsageError, match="tables of their own"):
        simulator_html(models.run(assumptions=mine, draws=20), words_in("nl"))
