"""Maker, version, licence, accessibility and privacy, and why other figures differ."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import estimate, euros
from models.paths import DATA

CODE, DATA_LICENCE = "EUPL-1.2", "CC BY 4.0"
LINKS = {
    CODE: "https://eupl.eu/1.2/en/",
    DATA_LICENCE: "https://creativecommons.org/licenses/by/4.0/",
}
WHY = {  # question -> keys of the sources that its answer rests on
    "rivm": ("rivm_costs_2017", "vzinfo_2020"),
    "newspaper": ("article_2025", "lambeek_2011"),
    "studies": ("lambeek_2011", "menzies_2017"),
    "cpb": (),
    "insurers": ("insurers_physio_2018", "zvw_law", "vws_zvw_2022"),
}


@cache
def filled_in() -> Mapping[str, Mapping[str, str]]:
    """Maker and accessibility as filled in by people in data/maker.toml; else empty."""
    return tomllib.loads((DATA / "maker.toml").read_text(encoding="utf-8"))


def rows(part: str, words: Words) -> list[tuple[str, str]]:
    """The fields of a part of data/maker.toml by name; a text says so where one is empty."""
    empty = words("about.empty")
    return [
        (words(f"about.field.{part}.{name}"), text or empty)
        for name, text in filled_in()[part].items()
    ]


def identity(words: Words) -> str:
    """One line for the foot of every page and file: maker, version, date, licences."""
    maker = filled_in()["maker"]
    return words(
        "about.line",
        maker=maker["name"] or words("about.empty"),
        published=maker["published"] or words("about.empty"),
        version=models.VERSION,
        code=CODE,
        data=DATA_LICENCE,
    )


def why(today: models.Result, words: Words) -> Iterator[tuple[str, str, list[Mapping]]]:
    """Question, answer and sources of the answer: why these figures differ from those of others."""
    used = today.model.assumptions
    figures = _figures(today, words)
    for name, keys in WHY.items():
        cited = [used.sources[key] for key in keys if key in used.sources]
        yield words(f"about.why.{name}.title"), words(f"about.why.{name}.text", **figures), cited


def _figures(today: models.Result, words: Words) -> dict[str, str]:
    """Our figures and theirs, from the result or from the assumption that holds them."""
    used, total = today.model.assumptions, today.headline["base_case_total"]
    care = today.summary("base_case", "category").loc["care"]
    without = models.total_without_newspaper(today)
    ours, spread = estimate(total["mean"], total["p2_5"], total["p97_5"], words.lang)
    alone = total if without is None else without
    return {
        "total": ours,
        "spread": spread,
        "without": estimate(alone["mean"], alone["p2_5"], alone["p97_5"], words.lang)[0],
        "care": estimate(care["mean"], care["p2_5"], care["p97_5"], words.lang)[0],
        "year": str(today.price_year),
        **{
            name: euros(used[parameter].base, words.lang)
            for name, parameter in (
                ("rivm", "tot_rivm_2017"),
                ("newspaper", "tot_article"),
                ("earlier", "tot_lambeek_2007"),
            )
        },
    }
