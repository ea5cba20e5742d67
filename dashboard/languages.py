"""The languages of the page; the first is the one that opens."""

LANGUAGES = ("nl", "en")
