"""What can be wrong, said so that a person can mend it.

A `Finding` is one line: file, row, column, what was found, what is allowed, what to do, in
English or Dutch. `DataError` carries all findings of a check (exit 1), `UsageError` is a wrong
request (exit 2). The sentences stand here, not in the text catalogue: a broken catalogue must
still be reported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MAX_FINDINGS = 20
_SHOWN = 60

_WORDS = {
    "en": ("row", "column", "found", "allowed", "do", "and {n} more"),
    "nl": ("rij", "kolom", "gevonden", "toegestaan", "doe", "en nog {n}"),
}

# code: (allowed, remedy) in English, (allowed, remedy) in Dutch
_SENTENCES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "file_missing": (
        ("an existing, readable file or folder", "check the name and the place"),
        ("een bestaand, leesbaar bestand of een bestaande map", "controleer de naam en de plaats"),
    ),
    "file_empty": (
        ("a header row and rows of values", "save the file again, with its contents"),
        ("een kopregel en regels met waarden", "bewaar het bestand opnieuw, met inhoud"),
    ),
    "file_large": (
        ("at most {limit} bytes", "keep only the rows and columns of the table"),
        ("ten hoogste {limit} bytes", "houd alleen de rijen en kolommen van de tabel over"),
    ),
    "file_format": (
        ("a text file with comma or semicolon (CSV)", "in the spreadsheet choose: save as CSV"),
        ("een tekstbestand met komma of puntkomma (CSV)", "kies in het rekenblad: opslaan als CSV"),
    ),
    "folder_empty": (
        ("at least one .csv file", "point to the folder that holds the tables"),
        ("ten minste één .csv-bestand", "wijs de map aan waar de tabellen in staan"),
    ),
    "folder_crowded": (
        ("at most {limit} tables", "keep only the tables of assumptions in the folder"),
        ("ten hoogste {limit} tabellen", "laat alleen de tabellen met aannames in de map staan"),
    ),
    "encoding_utf16": (
        ("UTF-8, or Windows-1252 as Excel writes it", "save as 'CSV UTF-8'"),
        ("UTF-8, of Windows-1252 zoals Excel schrijft", "sla op als 'CSV UTF-8'"),
    ),
    "encoding_unknown": (
        ("UTF-8, or Windows-1252 as Excel writes it", "save as 'CSV UTF-8'"),
        ("UTF-8, of Windows-1252 zoals Excel schrijft", "sla op als 'CSV UTF-8'"),
    ),
    "encoding_mixed": (
        ("one encoding in one file", "save as 'CSV UTF-8' from one program"),
        ("één codering in één bestand", "sla op als 'CSV UTF-8' uit één programma"),
    ),
    "quotes": (
        ("quotation marks in pairs", "close or double the quotation mark"),
        ("aanhalingstekens in paren", "sluit of verdubbel het aanhalingsteken"),
    ),
    "separator": (
        ("columns separated by comma or semicolon", "save as CSV with comma or semicolon"),
        ("kolommen gescheiden door komma of puntkomma", "sla op als CSV met komma of puntkomma"),
    ),
    "separator_line": (
        ("the header as the first row", "remove the line that begins with 'sep='"),
        ("de kopregel als eerste rij", "verwijder de regel die begint met 'sep='"),
    ),
    "column_missing": (
        ("the columns {names}", "add the column '{column}'"),
        ("de kolommen {names}", "voeg de kolom '{column}' toe"),
    ),
    "column_twice": (
        ("every column once", "remove or rename one of the two"),
        ("elke kolom één keer", "verwijder of hernoem een van de twee"),
    ),
    "column_unknown": (
        ("the columns {names}", "remove the column or correct its name{nearest}"),
        ("de kolommen {names}", "verwijder de kolom of verbeter de naam{nearest}"),
    ),
    "column_unnamed": (
        ("a name above every column", "remove the empty column or give it a name"),
        ("een naam boven elke kolom", "verwijder de lege kolom of geef haar een naam"),
    ),
    "rows_none": (
        ("at least one row below the header", "save the file again, with its rows"),
        ("ten minste één rij onder de kopregel", "bewaar het bestand opnieuw, met de rijen"),
    ),
    "rows_many": (
        ("at most {limit} rows", "keep only the rows of the table"),
        ("ten hoogste {limit} rijen", "houd alleen de rijen van de tabel over"),
    ),
    "row_ragged": (
        (
            "{limit} cells, as in the header",
            "add the missing or remove the extra cells; text that holds the separator needs "
            "quotation marks",
        ),
        (
            "{limit} cellen, net als in de kopregel",
            "vul de ontbrekende cellen aan of verwijder de overtollige; tekst met het "
            "scheidingsteken erin moet tussen aanhalingstekens",
        ),
    ),
    "row_empty": (
        ("empty rows only at the end", "remove the empty row"),
        ("lege rijen alleen aan het eind", "verwijder de lege rij"),
    ),
    "cell_long": (
        ("at most {limit} characters", "shorten the text"),
        ("ten hoogste {limit} tekens", "kort de tekst in"),
    ),
    "cell_control": (
        ("plain text on one line, without invisible characters", "type the text again"),
        ("gewone tekst op één regel, zonder onzichtbare tekens", "typ de tekst opnieuw"),
    ),
    "number_empty": (
        ("a number", "fill in a number; nothing is not the same as 0"),
        ("een getal", "vul een getal in; niets is niet hetzelfde als 0"),
    ),
    "number_damage": (
        ("a number", "the spreadsheet changed this cell: type the number again as text"),
        ("een getal", "het rekenblad heeft deze cel veranderd: typ het getal opnieuw als tekst"),
    ),
    "number_rounded": (
        ("a number with all its digits", "show the cell as a number, not as 1E+05, and save again"),
        (
            "een getal met al zijn cijfers",
            "toon de cel als getal, niet als 1E+05, en bewaar opnieuw",
        ),
    ),
    "number_word": (
        ("a number", "'not available' is not a number: fill in a value with its source"),
        ("een getal", "'niet beschikbaar' is geen getal: vul een waarde met bron in"),
    ),
    "number_comma": (
        (
            "a decimal point and no separator of thousands, such as 1234.56",
            "write 1234.56, or use semicolons between all columns",
        ),
        (
            "een decimale punt en geen scheiding van duizendtallen, zoals 1234.56",
            "schrijf 1234.56, of zet puntkomma's tussen alle kolommen",
        ),
    ),
    "number_point": (
        (
            "in a file with semicolons a decimal comma, such as 2,5 or 1.234,56",
            "write a comma for decimals; a point would be read as thousands",
        ),
        (
            "in een bestand met puntkomma's een decimale komma, zoals 2,5 of 1.234,56",
            "schrijf decimalen met een komma; een punt telt als duizendtal",
        ),
    ),
    "number_form": (
        ("a number of the digits 0-9, such as {example}", "write the number only, without signs"),
        (
            "een getal met de cijfers 0-9, zoals {example}",
            "schrijf alleen het getal, zonder andere tekens",
        ),
    ),
    "number_percent": (
        ("a share as a number from 0 to 1", "write 12% as {example}"),
        ("een aandeel als getal van 0 tot 1", "schrijf 12% als {example}"),
    ),
    "number_size": (
        ("0, or a size between {smallest} and {largest}", "check the number of zeros"),
        ("0, of een grootte tussen {smallest} en {largest}", "controleer het aantal nullen"),
    ),
    "text_empty": (
        ("a text", "fill in the cell"),
        ("een tekst", "vul de cel in"),
    ),
    "text_formula": (
        (
            "text that no spreadsheet takes for a formula",
            "do not begin with = + - @, nor a part after ; or , with = or @",
        ),
        (
            "tekst die geen rekenblad voor een formule houdt",
            "begin niet met = + - @, en een deel na ; of , niet met = of @",
        ),
    ),
    "text_markup": (
        ("plain words", "leave out < > [ ] {{ }} $ ` \\ and links"),
        ("gewone woorden", "laat < > [ ] {{ }} $ ` \\ en links weg"),
    ),
    "text_lost": (
        ("text in which no character was lost", "type the character again, save as 'CSV UTF-8'"),
        (
            "tekst waarin geen teken verloren ging",
            "typ het teken opnieuw en sla op als 'CSV UTF-8'",
        ),
    ),
    "vocabulary": (
        ("one of {names}", "choose one of these words{nearest}"),
        ("een van {names}", "kies een van deze woorden{nearest}"),
    ),
    "id_form": (
        ("letters a-z, digits and underscore, starting with a letter", "correct the name"),
        ("letters a-z, cijfers en laag streepje, te beginnen met een letter", "verbeter de naam"),
    ),
    "id_unknown": (
        ("a parameter of the model", "correct the name or remove the row{nearest}"),
        ("een parameter van het model", "verbeter de naam of verwijder de rij{nearest}"),
    ),
    "id_alike": (
        ("the exact name '{name}'", "write '{name}'"),
        ("precies de naam '{name}'", "schrijf '{name}'"),
    ),
    "id_twice": (
        ("every name once", "remove one of the two; the other is {other}"),
        ("elke naam één keer", "verwijder een van de twee; de andere is {other}"),
    ),
    "row_missing": (
        ("every parameter of the model", "add the row '{name}'"),
        ("elke parameter van het model", "voeg de rij '{name}' toe"),
    ),
    "unit_changed": (
        ("the unit '{name}'", "keep the unit and convert the number"),
        ("de eenheid '{name}'", "houd de eenheid en reken het getal om"),
    ),
    "year_changed": (
        ("price year '{name}'", "keep the price year and convert the number"),
        ("prijsjaar '{name}'", "houd het prijsjaar en reken het getal om"),
    ),
    "year_form": (
        ("empty, or a year of four digits from 1980 to 2100", "correct the year"),
        ("leeg, of een jaar van vier cijfers van 1980 tot 2100", "verbeter het jaar"),
    ),
    "order": (
        ("low <= base <= high", "put the three values in order"),
        ("low <= base <= high", "zet de drie waarden op volgorde"),
    ),
    "spread": (
        ("low < high, unless the distribution is fixed", "widen the range or write 'fixed'"),
        ("low < high, tenzij de verdeling fixed is", "maak de marge ruimer of schrijf 'fixed'"),
    ),
    "interval_fixed": (
        ("interval '95%' for a distribution that is drawn", "write 95%, or distribution 'fixed'"),
        ("interval '95%' bij een verdeling die wordt geloot", "schrijf 95%, of verdeling 'fixed'"),
    ),
    "range": (
        ("from {lower} to {upper} for {what}", "correct the value, or the unit it stands in"),
        ("van {lower} tot {upper} bij {what}", "verbeter de waarde, of de eenheid ervan"),
    ),
    "positive": (
        ("values above 0 for {what}", "correct the value or choose another distribution"),
        ("waarden boven 0 bij {what}", "verbeter de waarde of kies een andere verdeling"),
    ),
    "one_sign": (
        ("values on one side of 0 for {what}", "correct the value or choose another distribution"),
        (
            "waarden aan één kant van 0 bij {what}",
            "verbeter de waarde of kies een andere verdeling",
        ),
    ),
    "note_needed": (
        ("a note, because {what}", "write in the note why, and what is known"),
        ("een note, want {what}", "schrijf in de note waarom, en wat bekend is"),
    ),
    "source_unknown": (
        ("a key of sources.csv", "add the source to sources.csv or correct the key{nearest}"),
        ("een key uit sources.csv", "zet de bron in sources.csv of verbeter de key{nearest}"),
    ),
    "source_link": (
        ("a key of sources.csv", "put the link in column url of sources.csv"),
        ("een key uit sources.csv", "zet de link in kolom url van sources.csv"),
    ),
    "link_form": (
        ("empty, or a plain http(s) link", "correct the link"),
        ("leeg, of een gewone http(s)-link", "verbeter de link"),
    ),
    "partition": (
        ("{names} together at most 1", "lower one of them"),
        ("{names} samen ten hoogste 1", "verlaag een ervan"),
    ),
    "falling": (
        ("{names}: each lower than the one before, all above 0", "correct the curve"),
        ("{names}: elk lager dan de vorige, alle boven 0", "verbeter de reeks"),
    ),
}

Words = str | tuple[str, str]


def shown(text: object, limit: int = _SHOWN) -> str:
    """`text` on one line, short, with invisible characters made visible."""
    kept = []
    for char in str(text)[: limit + 1]:
        plain = unicodedata.category(char)[0] not in "CZ" or char == " "
        kept.append(char if plain else f"\\u{ord(char):04x}")
    return "".join(kept[:limit]) + ("..." if len(kept) > limit else "")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and what to do about it.

    `allowed` and `remedy` are one text, or a pair (English, Dutch). `row` is the row of the file
    as a spreadsheet counts it, the header being 1; `key` names what the row is about; `code` is the
    kind of error, a key of `_SENTENCES`.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: Words
    remedy: Words
    key: str = ""
    code: str = ""

    def message(self, lang: str = "en") -> str:
        """One line: FILE, row 7 (gp_price), column base: found "x"; allowed: ...; do: ..."""
        row, column, found, allowed, do, _ = _WORDS[lang]
        place = [shown(self.file)] if self.file else []
        key = shown(self.key)
        if self.row is not None:
            place.append(f"{row} {self.row}" + (f" ({key})" if key else ""))
        elif key:
            place.append(key)
        if self.column:
            place.append(f"{column} {shown(self.column)}")
        said = "; ".join(
            (
                f'{found} "{shown(self.found)}"',
                f"{allowed}: {_say(self.allowed, lang)}",
                f"{do}: {_say(self.remedy, lang)}",
            )
        )
        return f"{', '.join(place)}: {said}" if place else said


def finding(
    code: str,
    *,
    file: str = "",
    row: int | None = None,
    column: str | None = None,
    found: object = "",
    key: str = "",
    **values: object,
) -> Finding:
    """A `Finding` with the sentences that belong to `code`, `values` filled in."""
    english, dutch = _SENTENCES[code]
    filled = {"column": column, **values}
    pairs = [
        (
            english[i].format(**{k: _say(v, "en") for k, v in filled.items()}),
            dutch[i].format(**{k: _say(v, "nl") for k, v in filled.items()}),
        )
        for i in (0, 1)
    ]
    return Finding(file, row, column, str(found), pairs[0], pairs[1], key, code)


class Findings(list[Finding]):
    """All findings of a check; `check()` raises them together."""

    def add(self, code: str, **place: object) -> None:
        """Note a finding by its code; see `finding`."""
        self.append(finding(code, **place))

    def check(self) -> None:
        """Raise `DataError` when anything was found."""
        if self:
            raise DataError(self)


class DataError(ValueError):
    """Wrong data. `str()` is one line a finding; 20 are said, the rest is counted."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.text())

    def lines(self, lang: str = "en") -> list[str]:
        """The findings as lines, at most 20, then how many more there are."""
        said = [one.message(lang) for one in self.findings[:MAX_FINDINGS]]
        more = len(self.findings) - len(said)
        return said + ([_WORDS[lang][5].format(n=more)] if more else [])

    def text(self, lang: str = "en") -> str:
        """All lines as one text."""
        return "\n".join(self.lines(lang))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Finding, ...]]]:
        return DataError, (self.findings,)


class UsageError(ValueError):
    """A wrong request: an unknown name, a level out of range."""


def _say(words: object, lang: str) -> str:
    if isinstance(words, tuple):
        return str(words[0 if lang == "en" else 1])
    return str(words)
