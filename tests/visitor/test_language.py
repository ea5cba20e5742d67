"""In which language a reader is answered."""

import pytest

from dashboard.visitor.language import COOKIE, preferred

BRITISH = "en-GB,en;q=0.9,nl;q=0.8"


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "lang"),
    [
        (None, None, None, "nl"),  # a program that says nothing
        (None, None, "nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        (None, None, BRITISH, "en"),
        (None, None, "en;q=0.5, nl;q=0.9", "nl"),  # the heavier one, wherever it stands
        (None, None, "de-DE,de;q=0.9", "en"),  # neither: the language that most others read
        (None, None, "de-DE,de;q=0.9,nl;q=0.2", "nl"),
        (None, None, "*", "nl"),
        (None, None, "\u202e<script>;q=x", "nl"),
        (None, "nl", BRITISH, "nl"),  # chosen before
        (None, "xx", BRITISH, "en"),
        ("nl", "en", BRITISH, "nl"),  # the link says so
        ("de", "en", "nl", "en"),
    ],
)
def test_the_link_then_the_choice_then_the_browser(asked, cookie, accepted, lang):
    cookies = {COOKIE: cookie} if cookie else {}
    assert preferred(asked, cookies, accepted) == lang
