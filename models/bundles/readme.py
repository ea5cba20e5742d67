"""The words of a bundle: its README in two languages, and what `verify` says."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from models.analysis.evidence.edit_effects import edits, words_only
from models.engine.result import Result
from models.paths import TEXT
from models.tables.assumptions import Assumptions
from models.version import VERSION

LANGUAGES = ("en", "nl")
README = {"en": "README.md", "nl": "LEESMIJ.md"}


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: str) -> dict:
    """The texts of a language: data/text/LANG/bundle.toml."""
    path = TEXT / lang / "bundle.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["bundle"]


@lru_cache(maxsize=len(LANGUAGES))
def units(lang: str) -> dict[str, str]:
    """Unit -> the words that follow a number in it."""
    path = TEXT / lang / "units.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["unit"]


def readme(result: Result, lang: str, figures: bool) -> bytes:
    """The README as bytes: what was run, the outcome, and how to check it."""
    texts, head = words(lang), result.headline
    options = {
        name: texts["yes" if value else "no"] if isinstance(value, bool) else plain(value, lang)
        for name, value in vars(result.options).items()
    }
    text = texts["readme"].format(
        scenario_id=result.scenario_id,
        version=VERSION,
        price_year=result.price_year,
        base_case=_millions(head["base_case_total"], lang),
        scenario=_millions(head["scenario_total"], lang),
        difference=_millions(head["incremental_total"], lang),
        probability=plain(round(head["probability_saving"], 3), lang)
        if result.changes
        else texts["nothing_changes"],
        levers=_levers(result, lang),
        assumptions=_assumptions(result.model.assumptions, lang),
        figures=texts["figures"] if figures else "",
        **options,
    )
    return (re.sub("\n{3,}", "\n\n", text).strip() + "\n").encode()


def _levers(result: Result, lang: str) -> str:
    texts = words(lang)
    lines = []
    for name, level in result.levels.items():
        lever = result.levers[name]
        label = getattr(lever, f"label_{lang}")
        numbers = {"level": plain(level, lang), "today": plain(lever.today, lang)}
        lines.append(texts["lever"].format(label=label, **numbers))
    return "\n".join(lines) or texts["no_levers"]


def _assumptions(used: Assumptions, lang: str) -> str:
    """Every edit of the published assumptions with its reason; added sources and changed tables."""
    texts, published = words(lang), Assumptions.default()
    lines = []
    for kind, names in (("edit", edits(published, used)), ("words", words_only(published, used))):
        for name in names:
            was, now = published[name], used[name]
            numbers = {
                "was": was.base, "was_low": was.low, "was_high": was.high,
                "now": now.base, "now_low": now.low, "now_high": now.high,
            }  # fmt: skip
            lines.append(
                texts[kind].format(
                    label=getattr(now, f"label_{lang}"),
                    parameter=name,
                    unit=_unit(now.unit, lang),
                    reason=now.reason or texts["no_reason"],
                    **{key: plain(value, lang) for key, value in numbers.items()},
                )
            )
    for key, source in used.sources.items():
        if source != published.sources.get(key):
            lines.append(texts["source"].format(key=key, title=source["title"]))
    for name in used.catalogue.to_tables(beside=published.catalogue):
        lines.append(texts["table"].format(name=name))
    return "\n".join([texts["edited"], "", *lines]) if lines else texts["published"]


def _unit(unit: str, lang: str) -> str:
    unit_text = units(lang).get(unit, "")
    return f"EUR {unit_text}" if unit.startswith("EUR/") else unit_text


def _millions(amount: dict, lang: str) -> str:
    mean, low, high = (plain(amount[k] / 1e6, lang, ",.1f") for k in ("mean", "p2_5", "p97_5"))
    return f"{mean} ({low} {'to' if lang == 'en' else 'tot'} {high})"


def plain(value: object, lang: str, form: str = "") -> str:
    """A number as a reader of the language writes it, in six digits; other values as they are."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        form = ",d"
    text = format(value, form) if form else format(float(f"{value:.6g}"), ",.10g")
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text
