"""Bill of materials in CycloneDX 1.6, from the lock: the same bytes for the same lock."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from dashboard.release.lock import OURS, UNKNOWN, Requirement
from models.version import VERSION

NAME = "rugpijn"
LICENCE = "EUPL-1.2 AND CC-BY-4.0"  # the code; data, charts and texts


def sbom(rows: Sequence[Requirement]) -> str:
    """The bill of materials as JSON, with hashes, licences and who needs what."""
    content = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": NAME,
                "name": NAME,
                "version": VERSION,
                "licenses": [{"expression": LICENCE}],
            }
        },
        "components": [_component(row) for row in rows],
        "dependencies": _dependencies(rows),
    }
    text = json.dumps(content, indent=1)
    content["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
    return json.dumps(content, indent=1)


def _component(row: Requirement) -> dict[str, Any]:
    files = {
        "type": "distribution",
        "url": f"https://pypi.org/simple/{row.name}/",
        "comment": "the files that may be installed",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in row.hashes],
    }
    stated = {} if row.licence == UNKNOWN else {"licenses": [{"expression": row.licence}]}
    return {
        "type": "library",
        "bom-ref": row.purl,
        "name": row.name,
        "version": row.version,
        "purl": row.purl,
        "scope": "optional" if row.when else "required",
        **stated,
        "externalReferences": [files],
    }


def _dependencies(rows: Sequence[Requirement]) -> list[dict[str, Any]]:
    refs = {row.name: row.purl for row in rows}
    needs: dict[str, list[str]] = {name: [] for name in (OURS, *refs)}
    for row in rows:
        for user in row.needed_by:
            needs[user].append(row.purl)
    return [
        {"ref": NAME if name == OURS else refs[name], "dependsOn": sorted(several)}
        for name, several in needs.items()
    ]
