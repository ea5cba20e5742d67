"""Blocks that pages share: the answer, tables that can be read aloud, the scale of a lever.

Streamlit draws tables on a canvas and writes numbers in the browser's language; these are plain
HTML in the reader's. Colours follow the theme through currentColor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from dashboard.charts.style import COSTS, SAVES
from dashboard.templates import render


def stylesheet(file: str) -> Markup:
    """A style of one page, a file of dashboard/static."""
    return render("stylesheet", file=file)


def answer(lead: str, rest: Iterable[str] = (), small: bool = False) -> Markup:
    """The sentence that a reader came for; screen readers say it again when it changes."""
    return render("answer", lead=lead, rest=list(rest), small=small)


def status(text: str) -> Markup:
    """A line that screen readers say again when it changes."""
    return render("status", text=text)


def paragraph(text: str, kind: str = "") -> Markup:
    """A paragraph; `kind` is its class in the style sheet."""
    return render("paragraph", text=text, kind=kind)


def aside(text: str) -> Markup:
    """A line with room for three, so that a longer text does not push the page down."""
    return paragraph(text, "aside")


def deck(lines: Iterable[str]) -> Markup:
    """The lines under a title that is itself the answer."""
    return paragraph(" ".join(lines), "deck")


def more(title: str, lines: Iterable[str]) -> Markup:
    """What can be read on, folded away."""
    return render("more", title=title, lines=list(lines))


def note(text: str) -> Markup:
    """A line in small letters."""
    return paragraph(text, "note")


def mind(title: str, sentences: Sequence[str]) -> Markup:
    """Warnings in a frame that is there without any too, so that nothing jumps."""
    return render("warnings", title=title, sentences=sentences)


def figures(items: Iterable[tuple[str, str, str]], small: bool = False) -> Markup:
    """Figures side by side: what it is, the figure, what to know about it."""
    return render("figures", items=list(items), small=small)


def alert(lines: Iterable[str], title: str = "", kind: str = "") -> Markup:
    """Lines that screen readers say at once, beneath a title in bold where there is one."""
    return render("alert", lines=list(lines), title=title, kind=kind)


def lines(texts: Iterable[str]) -> Markup:
    """Texts under each other."""
    return render("lines", lines=list(texts))


def table(
    caption: str,
    head: Sequence[str],
    body: Iterable[Sequence[str]],
    sums: int = 0,
    words_in: Sequence[int] = (),
    wide: bool = False,
) -> Markup:
    """A table whose first column names the row; the last `sums` rows are totals.

    Columns in `words_in` hold words, which are set to the left and may wrap. On a telephone a
    row becomes a card, unless the table is `wide`: then it scrolls sideways.
    """
    return render(
        "table",
        caption=caption,
        head=head,
        rows=list(body),
        sums=sums,
        words_in=words_in,
        kind="" if wide else "stack",
    )


def track(mean: float, low: float, high: float, ends: tuple[float, float]) -> Markup:
    """A bar from zero to the mean with its interval, on a scale that `ends` spans."""
    width = (ends[1] - ends[0]) or 1.0

    def place(value: float) -> float:
        return (value - ends[0]) / width

    return render(
        "track",
        bar=stretch(place(0), place(mean)),
        interval=stretch(place(low), place(high)),
        colour=SAVES if mean < 0 else COSTS,
        zero=f"{place(0):.2%}",
    )


def stretch(first: float, last: float, least: float = 0.0) -> dict[str, str]:
    """A part of a scale from 0 to 1 as CSS: where it begins and how wide it is."""
    low, high = sorted((first, last))
    return {"left": f"{low:.2%}", "width": f"{max(high - low, least):.2%}"}


def scale(
    description: str,
    ends: tuple[str, str],
    at: float,
    today: float,
    tried: tuple[float, float] | None = None,
) -> Markup:
    """The slider's own scale, 0 to 1: the level, a mark for today, the band that trials tried."""
    return render(
        "scale",
        description=description,
        ends=ends,
        level=f"{at:.2%}",
        today=f"{today:.2%}",
        band=stretch(*tried, least=0.006) if tried else None,
    )
