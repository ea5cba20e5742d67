"""Numbers as people write them, in Dutch and English: 1.234,5 and 1,234.5.

The minus is a true minus; spaces are plain, so that a copied figure stays plain text. Amounts are
rounded as far as their interval allows: the step follows from its width.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

MINUS = "−"
DASH = "–"
NIL = DASH  # where there is no figure
_MARKS = {"nl": str.maketrans(",.", ".,"), "en": {}}
_SCALES = {
    "nl": ((1e9, " miljard"), (1e6, " miljoen"), (1.0, "")),
    "en": ((1e9, " billion"), (1e6, " million"), (1.0, "")),
}
_TO = {"nl": "tot", "en": "to"}


def number(x: float, lang: str, decimals: int = 0) -> str:
    """1.234,5 in Dutch, 1,234.5 in English; a value that rounds to 0 has no sign."""
    text = f"{abs(x):,.{decimals}f}".translate(_MARKS[lang])
    return f"{MINUS}{text}" if x < 0 and _counts(text) else text


def signed(x: float, lang: str, decimals: int = 0) -> str:
    """The number with its sign in front, also when positive; zero has none."""
    text = number(x, lang, decimals)
    return f"+{text}" if x > 0 and _counts(text) else text


def _counts(text: str) -> bool:
    """Whether a written number is anything but zero."""
    return text.strip("0.,") != ""


def percent(x: float, lang: str, decimals: int = 0) -> str:
    """A share as a percentage: 0.11 is 11%."""
    return f"{number(x * 100, lang, decimals)}%"


def chance(x: float | None, lang: str) -> str:
    """A probability as a percentage; a dash where there is none.

    Never 0% or 100% while some draws differ.
    """
    if x is None:
        return NIL
    text = percent(x, lang)
    if text in ("0%", "100%") and 0 < x < 1:
        return "<1%" if x < 0.5 else ">99%"
    return text


def decimals_of(step: float) -> int:
    """Number of decimals needed to tell multiples of `step` apart: 0.005 needs three, 50 none."""
    places = 0
    while places < 9 and abs(step * 10**places - round(step * 10**places)) > 1e-6:
        places += 1
    return places


def rounding(low: float, high: float) -> float:
    """The power of ten to round to for an interval: 40-250 million gives 10 million.

    At most a fifth of the width, and at least 1.
    """
    width = abs(high - low)
    return max(1.0, 10.0 ** floor(log10(width / 5))) if width > 0 and isfinite(width) else 1.0


def adding_up(parts: Sequence[float], whole: float, step: float) -> list[float]:
    """Parts in multiples of `step` that add up to `whole` rounded to that step.

    Each changes by less than a step; those that would lose most by rounding down are rounded up.
    """
    floors = [floor(part / step) for part in parts]
    rest = round(whole / step) - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: floors[i] - parts[i] / step)
    for position in order[: max(rest, 0)]:
        floors[position] += 1
    return [count * step for count in floors]


def euros(
    x: float, lang: str, step: float | None = None, plus: bool = False, like: float | None = None
) -> str:
    """EUR 4,0 miljard; EUR 12,3 miljoen; EUR 385. Rounded to `step` where it is given.

    `plus` puts a sign before a positive amount. `like` is an amount that sets the unit, so that two
    amounts side by side are both in millions.
    """
    rounded = round(x / step) * step if step else x
    scale, name, decimals = _unit(rounded if like is None else like, lang, step)
    write = signed if plus else number
    text = write(rounded / scale, lang, decimals)
    return f"EUR {text}{name}" if _counts(text) else f"EUR {text}"


def euro_range(low: float, high: float, lang: str) -> str:
    """EUR 40–250 miljoen; with a word instead of the dash where an end is negative."""
    step = rounding(low, high)
    low, high = (round(x / step) * step for x in sorted((low, high)))
    scale, name, decimals = _unit(max(abs(low), abs(high)), lang, step)
    first, last = (number(x / scale, lang, decimals) for x in (low, high))
    if first == last:
        return f"EUR {first}{name}"
    between = DASH if low >= 0 else f" {_TO[lang]} "
    return f"EUR {first}{between}{last}{name}"


def estimate(mean: float, low: float, high: float, lang: str) -> tuple[str, str]:
    """A mean and its interval in one unit, both rounded as far as the interval allows."""
    like = max(abs(low), abs(high))
    return euros(mean, lang, rounding(low, high), like=like), euro_range(low, high, lang)


def count_range(low: float, high: float, lang: str) -> str:
    """A range of counts, rounded like euros: 40.000–250.000."""
    step = rounding(low, high)
    low, high = (round(x / step) * step for x in sorted((low, high)))
    first, last = number(low, lang), number(high, lang)
    return first if first == last else f"{first}{DASH if low >= 0 else f' {_TO[lang]} '}{last}"


def count(x: float, low: float, high: float, lang: str, plus: bool = False) -> str:
    """A count rounded as far as its interval allows."""
    step = rounding(low, high)
    return (signed if plus else number)(round(x / step) * step, lang)


def _unit(x: float, lang: str, step: float | None) -> tuple[float, str, int]:
    """Divisor, name and decimals for an amount; 999.96 million becomes 1.0 billion.

    A step below a hundredth of a unit takes the next smaller unit: 945 to 950 million stay
    millions.
    """
    fine = step if step and step > 1 else 0  # a range without width has step 1
    scale, name = next(
        pair
        for pair in _SCALES[lang]
        if pair[0] == 1 or (round(abs(x) / pair[0], 1) >= 1 and (not fine or fine * 100 >= pair[0]))
    )
    if scale == 1:
        return scale, name, 0
    if step:
        return scale, name, min(2, max(0, round(log10(scale / step))))
    return scale, name, 1 if scale == 1e9 or abs(x) / scale < 99.95 else 0


def millions(x: float, lang: str, decimals: int = 0, plus: bool = False) -> str:
    """An amount in EUR million without its unit, for a column that names the unit."""
    return (signed if plus else number)(x / 1e6, lang, decimals)


def million_range(low: float, high: float, lang: str) -> str:
    """A range in EUR million without its unit: 830–2.900; its rounding follows its width."""
    step = rounding(low, high)
    decimals = min(1, max(0, round(6 - log10(step))))
    low, high = sorted((low, high))
    first, last = (millions(round(x / step) * step, lang, decimals) for x in (low, high))
    return first if first == last else f"{first}{DASH if low >= 0 else f' {_TO[lang]} '}{last}"


def is_share(lever) -> bool:
    """Whether the levels of a lever are shares, shown as percentages."""
    return lever.unit.startswith("share")


def level_text(lever, level: float, lang: str) -> str:
    """A level as shown to readers: 11% for a share, 10.000 for a number."""
    if is_share(lever):
        return percent(level, lang, max(decimals_of(lever.step * 100), decimals_of(level * 100)))
    return number(level, lang)


def within(name: str) -> str:
    """A name within a sentence: first letter in lower case, unless it is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
