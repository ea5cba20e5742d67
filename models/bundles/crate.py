"""What a bundle is, for archives: RO-Crate 1.1 metadata, a description in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping

from models.engine.result import Result
from models.version import RECORDED, VERSION

CRATE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
CONFORMS = "https://w3id.org/ro/crate/1.1"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CODE_LICENCE = "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12"
SOFTWARE = "#model"
KINDS = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "png": "image/png",
    "svg": "image/svg+xml",
}


def crate(result: Result, files: Mapping[str, bytes]) -> bytes:
    """The description of a bundle with these files, as the bytes of its JSON-LD.

    The day is that on which the version was put on record: a bundle holds no date of its own, or
    the same run would not give the same bytes.
    """
    parts = [_file(name, len(data)) for name, data in sorted(files.items())]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Run {result.scenario_id}: cost of low back pain in the Netherlands",
        "description": (
            "Scenario, assumptions and results of one run of an open model, EUR a year in prices "
            f"of {result.price_year}; means over {result.options.draws} joint draws with their "
            "95% intervals. The day is that of the version of the model."
        ),
        "identifier": [result.scenario_id, result.assumptions_hash],
        "datePublished": RECORDED,
        "license": {"@id": LICENCE},
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": {"@id": "#run"},
    }
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Run {result.scenario_id}",
        "description": result.command,
        "instrument": {"@id": SOFTWARE},
        "object": [{"@id": p["@id"]} for p in parts if p["@id"].startswith(("scenario", "assum"))],
        "result": [{"@id": p["@id"]} for p in parts if p["@id"].startswith(("results", "figures"))],
    }
    software = {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "Wat kost rugpijn?",
        "version": VERSION,
        "license": {"@id": CODE_LICENCE},
    }
    licences = [
        {"@id": LICENCE, "@type": "CreativeWork", "name": "CC BY 4.0", "identifier": LICENCE},
        {"@id": CODE_LICENCE, "@type": "CreativeWork", "name": "EUPL 1.2"},
    ]
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": CONFORMS},
        "about": {"@id": "./"},
    }
    graph = [about, root, run, software, *licences, *parts]
    content = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def _file(name: str, size: int) -> dict:
    kind = KINDS[name.rpartition(".")[2]]
    return {"@id": name, "@type": "File", "encodingFormat": kind, "contentSize": str(size)}
