"""One claim of the article as a card: what its source says, what the model uses, and why."""

from __future__ import annotations

from markupsafe import Markup

import models
from dashboard.templates import blocks, render
from dashboard.wording.catalogue import Words
from dashboard.wording.claims import Claim, used


def card(
    claim: Claim, result: models.Result, words: Words, link: str, opened: bool = False
) -> Markup:
    """One claim, folded under its verdict; `link` opens it again."""
    numbers = used(claim, result, words) or [words("claims.not_used")]
    facts = {
        "source_says": claim.source_says,
        "model_uses": blocks.lines(numbers),
        "why": claim.explanation,
        "source": _source(claim, result, words),
    }
    return render(
        "claim",
        verdict=claim.verdict,
        opened=opened,
        verdict_text=words(f"claims.verdict.{claim.verdict}"),
        claim=claim.claim,
        facts=[(words(f"claims.{name}"), fact) for name, fact in facts.items()],
        link=link,
        link_text=words("claims.link"),
    )


def _source(claim: Claim, result: models.Result, words: Words) -> str | Markup:
    """The source by name and title, with its address where it has one."""
    source = result.model.assumptions.sources.get(claim.source, {})
    text = f"{words(f'cite.{claim.source}')}: {source.get('title', '')}"
    if not source.get("url", "").startswith(("https://", "http://")):
        return text
    return render("link", url=source["url"], text=text, new_window=False)
