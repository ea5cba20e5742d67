"""The sides of a deliberation on the page: their assumptions, and the comparison."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from time import monotonic

import streamlit as st

import models
from dashboard.assumptions import upload
from dashboard.templates import blocks
from dashboard.visitor import results_cache, session
from dashboard.visitor.choices import Choices
from models.analysis.evidence.round_table import RoundTable, round_table
from models.command_line.deliberate_command import read_link
from models.engine.options import Options
from models.errors import DataError
from models.tables.assumptions import Assumptions

LETTERS = ("a", "b", "c", "d")
SOURCES = ("published", "own", "file", "link")
USUAL = {"a": "published", "b": "file"}
MAX_NAME, MAX_LINK = 40, 8_000
DRAWS = 2_000  # at most: up to 256 combinations of rows are run
SOON = 1.0  # seconds after which progress is shown


@dataclass(frozen=True)
class Side:
    """The name that a visitor gives a side, and its assumptions; None until there are any."""

    name: str
    assumptions: Assumptions | None

    @property
    def known(self) -> Assumptions:
        """The assumptions of a side that has them."""
        assert self.assumptions is not None
        return self.assumptions


def ask(letter: str, choices: Choices) -> Side:
    """The fields of one side, and the side that they describe."""
    words = choices.words
    usual = words("deliberate.side", letter=letter.upper())
    st.header(usual)
    name = st.text_input(words("deliberate.name"), usual, MAX_NAME, key=f"deliberate-name-{letter}")
    source = st.radio(
        words("deliberate.from"),
        SOURCES,
        index=SOURCES.index(USUAL.get(letter, "file")),
        format_func=lambda source_: words(f"deliberate.source.{source_}"),
        key=f"deliberate-from-{letter}",
        horizontal=True,
    )
    return Side(name.strip() or usual, _numbers(letter, source, choices))


def _numbers(letter: str, source: str, choices: Choices) -> Assumptions | None:
    words = choices.words
    try:
        if source == "file":
            file = st.file_uploader(words("deliberate.choose"), key=f"deliberate-file-{letter}")
            if file is None:
                return None
            return upload.read(file.getvalue(), file.name, session.published()).assumptions
        if source == "link":
            text = st.text_input(
                words("deliberate.link"), max_chars=MAX_LINK, key=f"deliberate-link-{letter}"
            )
            return read_link(text.strip()) if text.strip() else None
    except DataError as error:
        st.html(blocks.alert(error.lines(words.lang)))
        return None
    return choices.assumptions if source == "own" else session.published()


def options(choices: Choices) -> Options:
    """The options of the page, with fewer draws, because many combinations are run."""
    given = vars(choices.state.options)
    return Options(**{**given, "draws": min(given["draws"], DRAWS)})


def compared(sides: list[Side], choices: Choices) -> tuple[RoundTable, models.Result]:
    """The comparison of all sides, cached for this visitor, and the run of side a."""
    levels, chosen = choices.state.levels, options(choices)
    first, *others = (side.known for side in sides)
    result = results_cache.result_of(first, chosen, levels)

    def make() -> RoundTable:
        place, start = st.empty(), monotonic()

        def progress(number: int, of: int, answers: int) -> None:
            if monotonic() - start > SOON:
                place.text(choices.words("deliberate.busy", n=answers))

        named = {side.name: side.known for side in sides}
        made = round_table(named, levels, progress=progress, **vars(chosen))
        place.empty()
        return made

    arguments: tuple[Hashable, ...] = (*others, tuple(side.name for side in sides))
    return results_cache.made_of("deliberate", result, make, *arguments), result
