"""What is allowed and what to do, per kind of error, in English and Dutch.

The sentences stand here and not in the text catalogue: a broken catalogue must still be reported.
Names in braces are filled in by `errors.finding`.
"""

from __future__ import annotations

# code: (allowed, remedy) in English, (allowed, remedy) in Dutch
SENTENCES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
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
    "file_unexpected": (
        ("tables (.csv) with their README and LICENSE", "save it as CSV or move it elsewhere"),
        ("tabellen (.csv) met hun README en LICENSE", "bewaar het als CSV of zet het elders"),
    ),
    "folder_empty": (
        ("at least one .csv file", "point to the folder that holds the tables"),
        ("ten minste één .csv-bestand", "wijs de map aan waar de tabellen in staan"),
    ),
    "file_deep": (
        ("tables in the folder itself, or in its assumptions/", "zip the folder of the tables"),
        ("tabellen in de map zelf, of in assumptions/ daarin", "zip de map met de tabellen"),
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
    "header_later": (
        ("the header as the first row", "remove what stands above the header; rows: {n}"),
        ("de kopregel als eerste rij", "verwijder wat boven de kopregel staat; rijen: {n}"),
    ),
    "header_other": (
        ("the columns {names}", "choose a table with these columns; the first row names them"),
        ("de kolommen {names}", "kies een tabel met deze kolommen; de eerste rij noemt ze"),
    ),
    "column_missing": (
        ("the columns {names}", "add {column}"),
        ("de kolommen {names}", "voeg {column} toe"),
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
            "do not begin the text, or a part of it after ; , or |, with = + - or @",
        ),
        (
            "tekst die geen rekenblad voor een formule houdt",
            "begin de tekst, of een deel na ; , of |, niet met = + - of @",
        ),
    ),
    "text_markup": (
        ("plain words, without markup or links", "leave out signs such as < [ {{ $ ` and links"),
        ("gewone woorden, zonder opmaak of links", "laat tekens als < [ {{ $ ` en links weg"),
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
    "table_missing": (
        (
            "every table of the assumptions",
            "add the table ({n} rows missing), or give a table by itself instead of a folder: "
            "the rest then stays as published",
        ),
        (
            "elke tabel van de aannames",
            "voeg de tabel toe ({n} rijen ontbreken), of geef één tabel los in plaats van een map: "
            "de rest blijft dan zoals gepubliceerd",
        ),
    ),
    "row_gone": (
        ("a row for {name}, on which the model relies", "put the row back"),
        ("een rij voor {name}, want het model rekent ermee", "zet de rij terug"),
    ),
    "id_lower": (
        ("a small letter, then at most 63 small letters, digits or _", "write such an id"),
        ("een kleine letter, dan ten hoogste 63 kleine letters, cijfers of _", "schrijf zo'n id"),
    ),
    "id_reserved": (
        ("an id that means nothing else on the page or in a link", "choose another id"),
        ("een id dat op de pagina of in een link niets anders betekent", "kies een ander id"),
    ),
    "table_unknown": (
        (
            "beside the folder assumptions only the tables of the project",
            "correct the name{nearest}",
        ),
        (
            "naast de map assumptions alleen de tabellen van het project",
            "verbeter de naam{nearest}",
        ),
    ),
    "table_name": (
        ("the name {name} for a table with these columns", "call the file {name}"),
        ("de naam {name} voor een tabel met deze kolommen", "noem het bestand {name}"),
    ),
    "table_twice": (
        ("each table once", "remove one of the two files"),
        ("elke tabel één keer", "verwijder een van de twee bestanden"),
    ),
    "name_unknown": (
        ("{names}", "correct the name, or add its row{nearest}"),
        ("{names}", "verbeter de naam, of voeg de rij toe{nearest}"),
    ),
    "name_twice": (
        ("every name once", "remove one of the two"),
        ("elke naam één keer", "verwijder een van de twee"),
    ),
    "name_context": (
        ("a parameter that is drawn", "give its row another group than context"),
        ("een parameter die wordt geloot", "geef de rij een andere groep dan context"),
    ),
    "name_knot": (
        (
            "a parameter that does not begin with {name}: those are the curve of sick leave",
            "choose another parameter",
        ),
        (
            "een parameter die niet met {name} begint: dat is de kromme van het verzuim",
            "kies een andere parameter",
        ),
    ),
    "text_both": (
        ("a text in both languages, as {name} is filled", "fill it in, or empty {name}"),
        ("een tekst in beide talen, want {name} is gevuld", "vul hem in, of maak {name} leeg"),
    ),
    "lever_order": (
        ("min < max, and today from min to max (min / today / max)", "put the three in order"),
        ("min < max, en today van min tot max (min / today / max)", "zet de drie op volgorde"),
    ),
    "lever_step": (
        ("a step above 0 that fits 1 to {limit} whole times from min to max", "correct the step"),
        ("een stap boven 0 die 1 tot {limit} hele keren van min tot max past", "verbeter de stap"),
    ),
    "lever_ramp": (
        ("a whole number of years from 1 to {limit}", "correct the number of years"),
        ("een geheel aantal jaren van 1 tot {limit}", "verbeter het aantal jaren"),
    ),
    "lever_trial": (
        ("both ends empty, or trial_low <= trial_high", "fill in both, in order"),
        ("beide leeg, of trial_low <= trial_high", "vul beide in, op volgorde"),
    ),
    "lever_idle": (
        ("a lever with at least one row in lever_effects.csv", "add what it does, or remove it"),
        (
            "een maatregel met een rij in lever_effects.csv",
            "voeg toe wat hij doet, of verwijder hem",
        ),
    ),
    "programme_both": (
        ("filled together with programme_unit, or empty together", "fill in or empty both"),
        ("samen met programme_unit gevuld, of samen leeg", "vul beide in of maak beide leeg"),
    ),
    "programme_absent": (
        ("absent only for a lever with a row on absence_curve", "choose another population"),
        ("absent alleen bij een maatregel met een rij over absence_curve", "kies een andere groep"),
    ),
    "money_once": (
        ("exactly one amount in EUR, multiplied by numbers without EUR", "correct the parameters"),
        ("precies één bedrag in EUR, maal getallen zonder EUR", "verbeter de parameters"),
    ),
    "money_year": (
        ("an amount in prices of {name}", "convert the amount and its price year to {name}"),
        ("een bedrag in prijzen van {name}", "reken bedrag en prijsjaar om naar {name}"),
    ),
    "amount_sign": (
        ("parameters that cannot be negative", "choose other parameters"),
        ("parameters die niet negatief kunnen zijn", "kies andere parameters"),
    ),
    "item_formula": (
        ("empty: this cost item is made by a formula", "empty the cell, or choose another id"),
        ("leeg: deze kostenpost komt uit een formule", "maak de cel leeg, of kies een ander id"),
    ),
    "item_kind": (
        ("{name}", "write {name}"),
        ("{name}", "schrijf {name}"),
    ),
    "item_empty": (
        (
            "a value, as no formula makes this cost item",
            "fill in amount (parameters joined by *) and follows",
        ),
        (
            "een waarde, want geen formule maakt deze kostenpost",
            "vul amount (parameters met * ertussen) en follows in",
        ),
    ),
    "share_formula": (
        ("no row: who pays this follows from a formula", "remove the row"),
        ("geen rij: wie dit betaalt volgt uit een formule", "verwijder de rij"),
    ),
    "share_kind": (
        ("a share from 0 to 1, not {what}", "choose a parameter that is a share"),
        ("een aandeel van 0 tot 1, niet {what}", "kies een parameter die een aandeel is"),
    ),
    "share_rest": (
        ("one row with rest for each cost item", "let one payer bear the rest"),
        ("één rij met rest bij elke kostenpost", "laat één betaler de rest dragen"),
    ),
    "perspective_society": (
        ("a perspective society with * for payers and categories", "put it back"),
        ("een perspectief society met * bij payers en categories", "zet het terug"),
    ),
    "effect_empty": (
        ("empty, as set takes the level itself", "empty the cell"),
        ("leeg, want set neemt de stand zelf", "maak de cel leeg"),
    ),
    "effect_needed": (
        ("a parameter with the size of the effect", "name the parameter"),
        ("een parameter met de grootte van het effect", "noem de parameter"),
    ),
    "effect_week": (
        ("a week with hazard on absence_curve, else empty", "correct the row"),
        ("een week bij hazard op absence_curve, anders leeg", "verbeter de rij"),
    ),
    "effect_knot": (
        ("a week at which the curve of sick leave is known (sl_S...)", "choose such a week"),
        ("een week waarop de kromme van het verzuim bekend is (sl_S...)", "kies zo'n week"),
    ),
    "effect_kind": (
        (
            "reduce: a share; scale and hazard: a ratio of 0 or more; not {what}",
            "choose another effect",
        ),
        (
            "reduce: een aandeel; scale en hazard: een verhouding van 0 of meer; niet {what}",
            "kies een ander effect",
        ),
    ),
    "effect_risk": (
        ("a share or probability for hazard, not {what}", "choose scale, or another parameter"),
        ("een aandeel of kans bij hazard, niet {what}", "kies scale, of een andere parameter"),
    ),
    "effect_reach": (
        (
            "at most 1 from today to either end of the lever, unless it sets the parameter",
            "let the lever count a share",
        ),
        (
            "ten hoogste 1 van today naar elk eind van de maatregel, behalve bij set",
            "laat de maatregel een aandeel tellen",
        ),
    ),
    "effect_set": (
        ("from {lower} to {upper} ({what}) at both ends of the lever", "correct min and max"),
        (
            "van {lower} tot {upper} ({what}) aan beide einden van de maatregel",
            "verbeter min en max",
        ),
    ),
    "level_step": (
        ("a whole number of steps of {what} from {name}", "choose a level of the slider"),
        ("een geheel aantal stappen van {what} vanaf {name}", "kies een stand van de schuif"),
    ),
    "target_range": (
        ("0 < low < mean < high", "give a mean inside a range above 0"),
        ("0 < low < mean < high", "geef een gemiddelde binnen een marge boven 0"),
    ),
    "target_unit": (
        ("{name}, the unit of its quantity", "convert the figure, or correct the unit"),
        ("{name}, de eenheid van de grootheid", "reken het cijfer om of verbeter de eenheid"),
    ),
    "target_day": (
        ("a number of days, 0 or more, for {what}", "fill in which day the figure is about"),
        ("een aantal dagen, 0 of meer, bij {what}", "vul in over welke dag het cijfer gaat"),
    ),
    "target_no_day": (
        ("nothing: {what} is about no day", "empty the cell"),
        ("niets: {what} gaat niet over een dag", "maak de cel leeg"),
    ),
    "scenario_idle": (
        ("a scenario with at least one row in scenario_levels.csv", "add its levels, or remove it"),
        (
            "een scenario met een rij in scenario_levels.csv",
            "voeg de standen toe, of verwijder het",
        ),
    ),
    "unit_changed": (
        ("the unit '{name}'", "keep the unit and convert the number"),
        ("de eenheid '{name}'", "houd de eenheid en reken het getal om"),
    ),
    "year_changed": (
        ("price year '{name}'", "keep the price year and convert the number"),
        ("prijsjaar '{name}'", "houd het prijsjaar en reken het getal om"),
    ),
    "group_changed": (
        ("the group '{name}'", "keep the group: it says which part of the model uses the number"),
        ("de groep '{name}'", "houd de groep: die zegt welk deel van het model het getal gebruikt"),
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
    "whole": (
        ("a whole number", "round it to whole years"),
        ("een geheel getal", "rond af op hele jaren"),
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
    "knot_name": (
        ("sl_S and a whole number of weeks from 1, without a zero in front", "correct the name"),
        ("sl_S en een heel aantal weken vanaf 1, zonder nul ervoor", "verbeter de naam"),
    ),
    "knot_late": (
        ("a week up to the last of the curve, {name}", "choose an earlier week"),
        ("een week tot en met de laatste van de kromme, {name}", "kies een eerdere week"),
    ),
    "falling": (
        ("{names}: each lower than the one before, all above 0", "correct the curve"),
        ("{names}: elk lager dan de vorige, alle boven 0", "verbeter de reeks"),
    ),
    "json_encoding": (
        ("JSON in UTF-8", "save the file as UTF-8"),
        ("JSON in UTF-8", "bewaar het bestand als UTF-8"),
    ),
    "json_depth": (
        ("at most {limit} levels of objects and lists", "write one object with one list of levers"),
        (
            "ten hoogste {limit} niveaus van objecten en lijsten",
            "schrijf één object met één lijst van maatregelen",
        ),
    ),
    "json_form": (
        ("a JSON text", "correct the text at this place ({what})"),
        ("een JSON-tekst", "verbeter de tekst op deze plaats ({what})"),
    ),
    "json_object": (
        ('an object such as {{"levers": {{"lever": level}}}}', "write such an object"),
        ('een object zoals {{"levers": {{"lever": stand}}}}', "schrijf zo'n object"),
    ),
    "json_twice": (
        ("every name once", "remove one of the two"),
        ("elke naam één keer", "verwijder een van de twee"),
    ),
    "json_number": (
        ("0, or a number between {smallest} and {largest}", "write the number in digits"),
        ("0, of een getal tussen {smallest} en {largest}", "schrijf het getal in cijfers"),
    ),
    "json_schema": (
        ("schema {name}", "use the version that wrote the file, or write the scenario again"),
        ("schema {name}", "gebruik de versie die het bestand schreef, of schrijf het opnieuw"),
    ),
    "field_unknown": (
        ("the fields {names}", "remove the field or correct its name{nearest}"),
        ("de velden {names}", "verwijder het veld of verbeter de naam{nearest}"),
    ),
    "field_missing": (
        ("the field {name}", "add the field"),
        ("het veld {name}", "voeg het veld toe"),
    ),
    "field_text": (
        ("a text of at most {limit} characters", "write a text between quotation marks"),
        ("een tekst van ten hoogste {limit} tekens", "schrijf een tekst tussen aanhalingstekens"),
    ),
    "field_levers": (
        ('an object of levers, such as {{"lever": 0.5}}', "write the levers between {{ and }}"),
        (
            'een object van maatregelen, zoals {{"maatregel": 0.5}}',
            "schrijf de maatregelen tussen {{ en }}",
        ),
    ),
    "field_value": (
        ("{names}", "correct the value or leave the field out"),
        ("{names}", "verbeter de waarde of laat het veld weg"),
    ),
    "lever_unknown": (
        ("a lever of the model", "correct the name{nearest}"),
        ("een maatregel van het model", "verbeter de naam{nearest}"),
    ),
    "level_number": (
        ("a number such as 0.05, without quotation marks", "write the level as a number"),
        ("een getal zoals 0.05, zonder aanhalingstekens", "schrijf de stand als getal"),
    ),
    "level_range": (
        ("from {lower} to {upper} ({what})", "choose a level within the range of the lever"),
        ("van {lower} tot {upper} ({what})", "kies een stand binnen het bereik van de maatregel"),
    ),
    "archive_format": (
        ("a zip file", "make a zip of the folder, not another kind of archive"),
        ("een zipbestand", "maak een zip van de map, geen ander soort archief"),
    ),
    "archive_workbook": (
        ("tables as CSV, in a zip of their folder", "in the spreadsheet choose: save as CSV"),
        ("tabellen als CSV, in een zip van hun map", "kies in het rekenblad: opslaan als CSV"),
    ),
    "archive_damaged": (
        ("a whole zip file", "download or make the zip again"),
        ("een heel zipbestand", "download of maak de zip opnieuw"),
    ),
    "archive_empty": (
        ("a zip with at least one file", "make the zip of the folder that holds the tables"),
        ("een zip met ten minste één bestand", "maak de zip van de map met de tabellen"),
    ),
    "archive_large": (
        ("a zip of at most {limit} bytes", "keep only the tables in the folder"),
        ("een zip van ten hoogste {limit} bytes", "laat alleen de tabellen in de map staan"),
    ),
    "archive_file": (
        ("files of at most {limit} bytes once unpacked", "leave this file out"),
        ("bestanden van uitgepakt ten hoogste {limit} bytes", "laat dit bestand weg"),
    ),
    "archive_total": (
        ("at most {limit} bytes once unpacked", "keep only the tables in the folder"),
        ("uitgepakt ten hoogste {limit} bytes", "laat alleen de tabellen in de map staan"),
    ),
    "archive_ratio": (
        ("files that unpack to at most {limit} times their size", "leave this file out"),
        ("bestanden die uitgepakt ten hoogste {limit} keer zo groot zijn", "laat dit bestand weg"),
    ),
    "archive_count": (
        ("at most {limit} files", "keep only the tables in the folder"),
        ("ten hoogste {limit} bestanden", "laat alleen de tabellen in de map staan"),
    ),
    "archive_depth": (
        ("at most {limit} folders deep", "put the tables in one folder"),
        ("ten hoogste {limit} mappen diep", "zet de tabellen in één map"),
    ),
    "archive_nested": (
        ("no archive or workbook within the zip", "take it out, or put its files in the folder"),
        ("geen archief of werkmap in de zip", "haal het eruit, of zet de bestanden in de map"),
    ),
    "archive_path": (
        (
            "names within the zip: no root, drive, backslash or '..'",
            "zip the folder itself, from its own place",
        ),
        (
            "namen binnen de zip: geen hoofdmap, schijf, backslash of '..'",
            "zip de map zelf, vanaf haar eigen plaats",
        ),
    ),
    "archive_name": (
        (
            "names of letters, digits, spaces and . _ - ( ) of at most {limit} characters",
            "give the file a plain name",
        ),
        (
            "namen van letters, cijfers, spaties en . _ - ( ) van ten hoogste {limit} tekens",
            "geef het bestand een gewone naam",
        ),
    ),
    "archive_twice": (
        (
            "every name once, also without regard to capitals and look-alikes",
            "remove one of the two; the other is {other}",
        ),
        (
            "elke naam één keer, ook los van hoofdletters en gelijkende letters",
            "verwijder een van de twee; de andere is {other}",
        ),
    ),
    "archive_link": (
        ("plain files and folders", "put the file itself in the zip, not a link to it"),
        ("gewone bestanden en mappen", "zet het bestand zelf in de zip, geen verwijzing ernaar"),
    ),
    "archive_encrypted": (
        ("a zip without a password", "make the zip again, without a password"),
        ("een zip zonder wachtwoord", "maak de zip opnieuw, zonder wachtwoord"),
    ),
    "archive_method": (
        ("the usual way of compressing (deflate)", "make the zip again with the usual settings"),
        ("de gewone compressie (deflate)", "maak de zip opnieuw met de gewone instellingen"),
    ),
    "archive_overlap": (
        ("files that lie one after the other", "make the zip again"),
        ("bestanden die na elkaar liggen", "maak de zip opnieuw"),
    ),
    "bundle_form": (
        ("a run bundle, with manifest.json and SHA256SUMS", "make one: python -m models bundle"),
        ("een bundel met manifest.json en SHA256SUMS", "maak er een: python -m models bundle"),
    ),
    "bundle_missing": (
        ("every file of the bundle", "download or make the bundle again"),
        ("elk bestand van de bundel", "download of maak de bundel opnieuw"),
    ),
    "bundle_changed": (
        (
            "the file as the bundle was made",
            "make the bundle again, or upload the changed tables as a folder",
        ),
        (
            "het bestand zoals de bundel is gemaakt",
            "maak de bundel opnieuw, of upload de gewijzigde tabellen als map",
        ),
    ),
    "bundle_extra": (
        ("the files in SHA256SUMS and no other", "take the file out of the zip"),
        ("de bestanden uit SHA256SUMS en geen andere", "haal het bestand uit de zip"),
    ),
}
