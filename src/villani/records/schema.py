"""The output contract as JSON Schema, and lines of JSON back to records."""

from typing import Any

import msgspec

from villani.records.events import Actor, DocumentRecord, Event, Figure, Party, Place, Relation

PRINTED = (Event, Relation, Figure, DocumentRecord)
BY_SCHEMA: dict[str, type[Event | Relation | Figure | DocumentRecord]] = {
    "villani/event/1": Event,
    "villani/relation/1": Relation,
    "villani/figure/1": Figure,
    "villani/document/1": DocumentRecord,
}


def build_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of every printed record; a line of output is one of `oneOf`.

    All keys of a record are required: a value not known is null, an empty list is [].
    """
    refs, parts = msgspec.json.schema_components(
        (*PRINTED, Actor, Place), schema_hook=_party_schema, ref_template="#/$defs/{name}"
    )
    for part in parts.values():
        if part.get("type") == "object":
            part["required"] = sorted(part["properties"])
            for shape in part["properties"].values():
                shape.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "villani records",
        "oneOf": list(refs[: len(PRINTED)]),
        "$defs": parts,
    }


def _party_schema(kind: type) -> dict[str, Any]:
    if kind is Party:
        return {"anyOf": [{"$ref": "#/$defs/Actor"}, {"$ref": "#/$defs/Place"}]}
    raise NotImplementedError(kind)


def decode_record(line: bytes | str) -> Event | Relation | Figure | DocumentRecord:
    """Read one line of output back.

    Raises:
        ValueError: the line is no record of a known schema; the message names the key at fault.
    """
    raw = msgspec.json.decode(line)
    name = raw.get("schema") if isinstance(raw, dict) else None
    if name not in BY_SCHEMA:
        raise ValueError(f"unknown schema {name!r}; known: {', '.join(BY_SCHEMA)}")
    return msgspec.convert(raw, BY_SCHEMA[name], dec_hook=_party)


def _party(kind: type, value: Any) -> Any:
    if kind is Party:
        return msgspec.convert(value, Actor if "actor_id" in value else Place)
    raise NotImplementedError(kind)
