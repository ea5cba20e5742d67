"""The record of a deliberation as a file: what `protocol` writes."""

from __future__ import annotations

from argparse import Namespace

import models
from dashboard.documents import chromium
from dashboard.documents.output import today
from dashboard.documents.protocol import protocol
from dashboard.wording.catalogue import words_in
from models.command_line.deliberate_command import asked_of, table_of


def protocol_(args: Namespace) -> str | bytes:
    """The same comparison as `python -m models deliberate`, as HTML or PDF."""
    printed = getattr(args, "format", "html") == "pdf"
    if printed:
        chromium.needed()
    sides, options = asked_of(args)
    comparison = table_of(args, sides, options)
    results = {name: models.run(assumptions=side, **options) for name, side in sides.items()}
    html = protocol(comparison, results, words_in(args.lang), today())
    return chromium.pdf(html) if printed else html.encode()
