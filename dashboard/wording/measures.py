"""Texts of a measure sheet: the facts and figures of `models.sheet` as sentences and cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor, log10

import models
from dashboard.wording import cash, ranking, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, claim_of
from dashboard.wording.numbers import count, count_range, level_text, million_range, number, signed
from dashboard.wording.units import measured
from models.analysis.choice.rank import RankedLever
from models.analysis.choice.sheet import PREMIUM, QUANTITY, Sheet
from models.tables.edits import UNJUDGED
from models.tables.measures import FIELDS, Fact
from models.tables.measures import facts as _published

ADULT = "EUR/adult/year"
GRADES = ("green", "amber", "red")  # from well supported to a guess
OURS = ("expert_guess", "convention")  # keys that are no publication
MILLION = 1e6
SHARES = 100  # a bar is drawn in hundredths of its scale


def title(sheet: Sheet, words: Words) -> str:
    return words.of(sheet)


def level(sheet: Sheet, alone: models.Result, words: Words) -> str:
    """The level that the sheet is calculated at, and whether research reached it."""
    lever = alone.levers[sheet["lever"]]
    at, today = (level_text(lever, sheet[name], words.lang) for name in ("level", "today"))
    key = "level_researched" if sheet["researched"] else "level_other"
    return words(f"measure.{key}", level=at, today=today)


def answer(alone: models.Result, words: Words) -> tuple[str, str]:
    """What may be claimed of the amount, and its interval."""
    amount = alone.headline["incremental_total"]
    lead = words(f"measure.lead.{claim_of(alone)}", amount=amount_of(amount, words.lang))
    return lead, sentences.margin(amount["p2_5"], amount["p97_5"], words)


def vitals(sheet: Sheet, words: Words) -> list[tuple[str, str, str]]:
    """Who decides, rule, start and premium: for each a name, a short value and a remark."""
    rows = []
    for field in ("decides", "law", "start"):
        texts = [words.of(fact, "text") for fact in sheet.facts if fact.field == field]
        first = (texts or [words("measure.no_fact")])[0].partition(". ")[0]
        rows.append((words(f"measure.field.{field}"), first.rstrip("."), ""))
    premium = sheet["premium_per_adult"]
    same = all(abs(premium[part]) < 0.005 for part in ("mean", "p2_5", "p97_5"))
    spread = words("measure.premium_same") if same else _range(premium, words)
    mean = words("measure.euros", amount=signed(premium["mean"], words.lang, 2))
    return [*rows, (words("measure.premium"), mean, spread)]


def _range(row: Mapping, words: Words) -> str:
    low, high = (signed(row[part], words.lang, 2) for part in ("p2_5", "p97_5"))
    return words("measure.between", low=low, high=high)


def years(sheet: Sheet, alone: models.Result, words: Words) -> dict:
    """Table and columns of the difference by payer: each year, then in force, EUR million.

    In a column, payers who pay less are above and payers who pay more below; heights are hundredths
    of the largest column. Less is solid, more is hatched.
    """
    columns = [(str(year["year"]), year["payers"], year["total"]) for year in sheet["years"]]
    columns.append((words("measure.in_force"), sheet["payers"], sheet["incremental"]))
    names = {row["id"]: words.of(row) for row in alone.catalogue["payers"]}
    decimals = _decimals([row for c in columns for row in (c[2], *c[1].values())])

    def cell(row: Mapping) -> str:
        return signed(row["mean"] / MILLION, words.lang, decimals)

    shown = [name for name in names if any(_counts(cell(c[1][name])) for c in columns)]
    rows = [(name, names[name], [cell(c[1][name]) for c in columns]) for name in shown]
    total = (words("table.total"), [cell(c[2]) for c in columns])
    spread = [million_range(c[2]["p2_5"], c[2]["p97_5"], words.lang) for c in columns]
    sides = [_sides(payers, shown) for _, payers, _ in columns]
    less, more = (max(sum(size for _, size in side[i]) for side in sides) for i in (0, 1))
    whole = less + more or 1.0
    drawn = [
        {
            "name": name,
            "label": cell(total_row),
            "less": [(payer, round(size / whole * SHARES, 2)) for payer, size in side[0]],
            "more": [(payer, round(size / whole * SHARES, 2)) for payer, size in side[1]],
        }
        for (name, _, total_row), side in zip(columns, sides, strict=True)
    ]
    return {
        "head": [words("table.payer"), *(c[0] for c in columns)],
        "rows": rows,
        "total": total,
        "spread": (words("table.interval"), spread),
        "columns": drawn if shown else [],
        "zero": round(less / whole * SHARES, 2),
        "caption": words("measure.years_caption", year=sheet["price_year"]),
        "nobody": words("measure.nobody"),
    }


def _sides(payers: Mapping, shown: list[str]) -> tuple[list, list]:
    """(payer, size) of who pays less and of who pays more, EUR."""
    sizes = [(name, payers[name]["mean"]) for name in shown]
    less = [(name, -size) for name, size in sizes if size < 0]
    return less, [(name, size) for name, size in sizes if size > 0]


def _counts(text: str) -> bool:
    """Whether a written amount is anything but zero."""
    return text.strip("0.,") != ""


def _decimals(rows: list[Mapping]) -> int:
    """Decimals of EUR million that show two digits of the largest of these amounts."""
    most = max((abs(row["mean"]) for row in rows), default=0.0) / MILLION
    return 0 if most >= 10 or not most else min(2, 1 - floor(log10(most)))


def premium_rows(sheet: Sheet, words: Words) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Premium, deductible, contribution and tax by year and in force; only rows that change."""
    head = [words("table.measure"), *(str(year["year"]) for year in sheet["years"])]
    rows = []
    for name in PREMIUM:
        amounts = [*(year[name]["mean"] for year in sheet["years"]), sheet[name]["mean"]]
        unit = sheet[name]["unit"]
        size, decimals = (1.0, 2) if unit == ADULT else (MILLION, 1)
        cells = [signed(amount / size, words.lang, decimals) for amount in amounts]
        if any(map(_counts, cells)):
            kind = "adult" if unit == ADULT else "year"
            label = f"{words(f'cash.measures.{name}')}, {words(f'measure.unit.{kind}')}"
            rows.append((label, cells))
    return [*head, words("measure.in_force")], rows


def household(sheet: Sheet, words: Words) -> str:
    """The premium of one household with two adults; empty where no premium changes."""
    two = sheet.figures.premium_of(2)
    if all(abs(getattr(two, end)) < 0.005 for end in QUANTITY):
        return ""
    mean, low, high = (signed(getattr(two, end), words.lang, 2) for end in QUANTITY)
    return words("measure.household", mean=mean, low=low, high=high)


def plan(sheet: Sheet, alone: models.Result, words: Words) -> str:
    """Whose plan the deductible of the years is, where the measure moves what falls under it."""
    moved = [year.average_deductible for year in sheet.years]
    if all(abs(getattr(row, end)) < 0.005 for row in moved for end in QUANTITY):
        return ""
    return cash.deductible(alone, words)


def health(sheet: Sheet, words: Words) -> list[tuple[str, str, str]]:
    """Health gained and the quantities that the measure itself changes: name, figure, interval."""
    rows = [(words("measure.qaly"), sheet["qaly"])]
    rows += [(words(f"health.{name}"), row) for name, row in sheet["health"].items()]
    cells = []
    for name, row in rows:
        low, high = row["p2_5"], row["p97_5"]
        if low == high == 0:
            cells.append((name, words("measure.same"), ""))
        else:
            spread = count_range(low, high, words.lang)
            cells.append((name, count(row["mean"], low, high, words.lang, plus=True), spread))
    return cells


def grade(sheet: Sheet, words: Words) -> list[tuple[str, bool]]:
    """The steps of the evidence scale, and which of them applies."""
    grades = (*GRADES, UNJUDGED) if sheet.evidence == UNJUDGED else GRADES
    return [(words(f"measure.grade.{step}"), step == sheet.evidence) for step in grades]


def changes(sheet: Sheet, words: Words) -> list[dict]:
    """The main assumptions at the ends of their range, and the amount that follows."""
    mean = sheet["incremental"]["mean"]
    rows = []
    for change in sheet["changes"]:
        ends = [mean + change["at_low"], mean + change["at_high"]]
        rows.append({
            "label": words.of(change),
            "value": measured(change["base"], change["unit"], words),
            "low": measured(change["low"], change["unit"], words, named=False),
            "high": measured(change["high"], change["unit"], words, named=False),
            "known": words(f"workbench.provenance.{change['provenance']}"),
            "ends": ends,
            "said": words(
                "measure.change_said",
                low=measured(change["low"], change["unit"], words, named=False),
                high=measured(change["high"], change["unit"], words, named=False),
                at_low=_amount(ends[0], words),
                at_high=_amount(ends[1], words),
            ),
        })  # fmt: skip
    other = sheet["other_valuation"]
    text = words(
        "measure.other_valuation",
        name=words(f"overview.method.{other['valuation']}"),
        amount=_amount(other["incremental"]["mean"], words),
    )
    rows.append({"label": text, "ends": [mean, other["incremental"]["mean"]], "said": ""})
    return rows


def _amount(amount: float, words: Words) -> str:
    """An amount with its direction: 12 million less, 3 million more, or about nothing."""
    size = abs(amount) / MILLION
    figure = number(size, words.lang, 0 if size >= 10 else 1)
    if not _counts(figure):
        return words("measure.nothing")
    return words(f"measure.{'less' if amount < 0 else 'more'}", n=figure)


def policies(sheet: Sheet, words: Words) -> list[tuple[str, str, str, list[dict]]]:
    """Each policy of a lever that stands for several: name, amount, interval, and its own facts."""
    listed = []
    for row in sheet["policies"]:
        amount = row["incremental"]
        spread = million_range(amount["p2_5"], amount["p97_5"], words.lang)
        own_facts = [fact for fact in sheet.facts if fact.policy == row["id"]]
        about = [_fact(fact, words) for fact in own_facts]
        listed.append((words.of(row.policy), _amount(amount["mean"], words), spread, about))
    return listed


def facts(sheet: Sheet, words: Words) -> Iterator[tuple[str, str, list[dict]]]:
    """Field, heading and facts about the lever as a whole, in the order of the sheet."""
    for field in FIELDS:
        own_facts = [fact for fact in sheet.facts if fact.field == field and not fact.policy]
        if own_facts:
            yield field, words(f"measure.field.{field}"), [_fact(fact, words) for fact in own_facts]


def _fact(fact: Fact, words: Words) -> dict:
    """A fact with how it is known; without that remark where its source was read."""
    known = "" if fact.status == "seen" else words(f"measure.status.{fact.status}")
    return {"text": words.of(fact, "text"), "known": known, "sources": fact.sources}


def references(sheet: Sheet, sources: Mapping[str, Mapping]) -> dict[str, dict]:
    """The sources of a sheet by key, numbered by first appearance: text and address."""
    keys = [key for fact in sheet.facts for key in fact.sources]
    keys.append(sheet["source"])
    listed: dict[str, dict] = {}
    for key in dict.fromkeys(key for key in keys if key in sources and key not in OURS):
        row = sources[key]
        parts = (row["authors"], row["title"], row["publisher"], row["year"])
        text = ". ".join(part.rstrip(".") for part in parts if part)
        listed[key] = {"number": len(listed) + 1, "text": text, "url": row["url"]}
    return listed


def verdict(sheet: Sheet, words: Words) -> str:
    return words(f"verdict.short_{sheet['verdict']}")


def table_cells(row: RankedLever, words: Words) -> list[tuple[str, str]]:
    """A row of the table of all measures: the text of each cell, and the small text beneath it."""
    text, spread = ranking.change(row, words)
    known = dict.fromkeys(("decides", "start"), "")
    for fact in _published(row["lever"]):
        if fact.field in known and not known[fact.field]:
            known[fact.field] = words.of(fact, "text").partition(". ")[0].rstrip(".")
    premium = row["premium_per_adult"]["mean"]
    qaly = row["qaly"]
    return [
        (text, spread),
        (signed(premium, words.lang, 2), ""),
        (count(qaly["mean"], qaly["p2_5"], qaly["p97_5"], words.lang, plus=True), ""),
        (known["decides"] or words("measure.no_fact"), ""),
        (known["start"] or words("measure.no_fact"), ""),
        (words(f"measure.grade.{row['evidence']}"), ""),
        (words(f"verdict.short_{row['verdict']}"), ""),
    ]
