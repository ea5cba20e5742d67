"""Wrong texts of a cell by the code of their finding, for each kind of column.

`NUMBERS` in a table with decimal points, `IN_DUTCH` in one with decimal commas; `LABELS`, `NOTES`
and `WORDS` (by column) are texts.
"""

NUMBERS = {
    "number_form": (
        *("1_000", "1 000", "1\u00a0000", "0x1F", "１２", "١٢", "€ 33", "33 EUR", "+33", "033"),
        *("33.", ".5", "--5", "½", "²", "Ⅳ", "\u221233", "33..1", "3 3", "1e", "33;34", "'33"),
        *("1" * 70, "0b1", "1e5e5", "1j", "١٢٫٥", "{33}", "33f", "1'000", "∞", "abc"),
    ),
    "number_word": ("NA", "N/A", "n.v.t.", "nan", "NaN", "null", "None", "inf", "-inf", "-", "?"),
    "number_empty": ("", " ", "\u00a0"),
    "number_damage": (
        *(
            "33-34",
            "1-feb",
            "jan-35",
            "mei-12",
            "2024-01-02",
            "12:30",
            "1/3",
            "TRUE",
            "WAAR",
            "02-03-2024",
        ),
        *("#DEEL/0!", "#N/B", "#REF!", "#VALUE!", "#NAAM?", "########"),
    ),
    "number_rounded": ("1E+05", "3.3E+01", "5,49E+05"),
    "number_comma": ("33,12", "1.234,56", "1,234", "1,234.56"),
    "number_percent": ("33%", "12 %"),
    "number_size": ("1e400", "1e14", "1e-13", "9" * 30, "-1e99", "1e-320"),
}
IN_DUTCH = {
    "number_point": ("33.12", "2.5", "0.125", "12.34", "1.23.456", "1.2345"),
    "number_form": ("1,2,3", "1.234,5,6", "1 234,5", "1_000,5", "١٢,٥"),
    "number_word": ("NB", "n.v.t."),
    "number_damage": ("1-feb", "#DEEL/0!"),
    "number_rounded": ("5,49E+05", "1E+05"),
    "number_percent": ("33%",),
}
LABELS = {
    "text_formula": (
        *("=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A", "x;=1+1", "x; +1+1"),
        *('x;"=1+1', "a, =1+1", "=cmd|' /C calc'!A0", "x|-1", "pijn;@A1", '=HYPERLINK("x")'),
    ),
    "text_markup": (
        *("<b>dik</b>", "a < b", "[tekst](https://a.nl)", "![](https://a.nl/a.png)", "$x^2$"),
        *(":red[x]", "a`b", "{x}", "&lt;", "&#60;", "javascript:alert(1)", "https://a.nl", "a\\b"),
        *("%{x}", "<script>alert(1)</script>", "data:text/html,x"),
    ),
    "cell_control": (
        *("a\x07b", "a\x00b", "a\nb", "a\tb", "a\u202eb", "a\u2066b", "a\u200bb", "a\ufeffb"),
        *("a\u200fb", "\x1b[31mrood", "a\u2028b", "a\u00adb", "a\ue000b", "a\x85b", "a\U000e0041b"),
    ),
    "text_lost": ("Rö\ufffdntgen",),
    "text_empty": ("", "  "),
    "cell_long": ("x" * 3000,),
}
NOTES = {
    "text_formula": ("=1+1", "@x", "-1", "zie noot;=1+1"),
    "text_markup": ("<script>x</script>", "[a](https://a.nl)", "${a}", "%{a}", "file://a", "a`b`"),
    "cell_control": ("a\u202eb", "a\x00b", "a\nb"),
}
WORDS = {
    "interval": ("90%", "95 %", "95", "", "NONE"),
    "distribution": ("Gamma", "gamma ", "triangular", "uniform", "", "normaal", "gаmma"),
    "group": ("Prices", "price", "", "prijzen"),
    "provenance": ("guess", "Published", ""),
    "quality": ("groen", "Red", "", "rood"),
}
