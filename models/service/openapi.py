"""The description of the service in OpenAPI 3.1, made of the tables and the options of a run."""

from __future__ import annotations

from typing import Any

from models.service.limits import Limits
from models.service.questions import QUESTIONS, fields_of
from models.version import VERSION

WRONG = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["field", "message"],
            "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}
STATUSES = {
    "400": "the body is not JSON",
    "408": "the body did not arrive in time",
    "413": "the body is too large",
    "422": "a field is wrong; the error names it",
    "503": "too many requests wait already; try again after the seconds of Retry-After",
    "504": "the answer takes longer than the limit",
}


def openapi(limits: Limits) -> dict[str, Any]:
    """The whole description as one object."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wat kost rugpijn?",
            "version": VERSION,
            "description": "What low back pain costs the Netherlands, and what policies change. "
            "EUR a year, mean and 95% interval. Answers are those of the command line, byte for "
            "byte.",
        },
        "paths": {
            **{f"/v1/{name}": _post(name, limits) for name in QUESTIONS},
            "/v1/levers": _get("levers, their range and today's level"),
            "/health": _get("the process answers"),
            "/ready": _get("data and model are in order"),
        },
        "components": {"schemas": {"Error": WRONG}},
    }


def _post(name: str, limits: Limits) -> dict[str, Any]:
    question = QUESTIONS[name]
    body = {
        "type": "object",
        "properties": fields_of(name, limits.draws),
        "required": list(question.required),
        "additionalProperties": False,
    }
    reference = {"schema": {"$ref": "#/components/schemas/Error"}}
    wrong = {
        status: {"description": text, "content": {"application/json": reference}}
        for status, text in STATUSES.items()
    }
    return {
        "post": {
            "summary": question.meaning,
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {"200": _answer(question.meaning), **wrong},
        }
    }


def _get(meaning: str) -> dict[str, Any]:
    return {"get": {"summary": meaning, "responses": {"200": _answer(meaning)}}}


def _answer(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": {"application/json": {"schema": {"type": "object"}}}}
