"""What is normal here: which senders use which operations over which neighbours, learnt from clean hours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ipxray.atlas import Atlas
from ipxray.declarations import Corpus
from ipxray.detection.engine import Engine
from ipxray.detection.enrichment import enrich
from ipxray.detection.reference import reference_tables
from ipxray.detection.references import ProfileRow
from ipxray.errors import InputError, OutputError
from ipxray.facts import Facts

__all__ = ["learn", "read_profile", "write_profile"]

_FORM = "ipxray profile 1"
_MOST = 5_000_000
"""Rows of a profile: one an operation, neighbour and network; more is no profile."""
_QUERY = """
select distinct coalesce(sender_network, sender_country, '') as sender_party,
  protocol || ' ' || coalesce(cast(operation_code as string), operation, '') as operation,
  coalesce(adjacent_address, '') as adjacent
from enriched
where is_request
order by sender_party, operation, adjacent
"""


def learn(
    engine: Engine, messages: Sequence[Path], *, corpus: Corpus, facts: Facts, atlas: Atlas, home: Sequence[str] = ()
) -> tuple[ProfileRow, ...]:
    """Learn the normal senders and ways of messages that nobody abused. Raises as detect does."""
    engine.read_messages(messages)
    columns = (
        "sender_network",
        "sender_country",
        "protocol",
        "operation_code",
        "operation",
        "adjacent_address",
        "is_request",
    )
    enrich(engine, reference_tables(corpus, facts, atlas, (), home), has_protected=bool(home), columns=columns)
    return tuple(ProfileRow(*row) for row in engine.rows(_QUERY))


def write_profile(rows: Sequence[ProfileRow], path: Path) -> None:
    """Write a profile as JSON. It names networks, operations and neighbours, no subscriber. Raises OutputError."""
    text = json.dumps({"form": _FORM, "rows": [list(row) for row in rows]}, ensure_ascii=False, indent=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})", hint="choose another --profile") from error


def read_profile(path: Path) -> tuple[ProfileRow, ...]:
    """Read a profile. Raises InputError, in one line, for anything else."""
    hint = "write one with --mode learn"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, "is no profile: it is no JSON", hint=hint) from error
    rows = told.get("rows") if isinstance(told, dict) and told.get("form") == _FORM else None
    if not isinstance(rows, list) or len(rows) > _MOST:
        raise InputError(path, "is no profile", hint=hint)
    found = []
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != 3 or not all(isinstance(cell, str) for cell in row):
            raise InputError(path, "is no profile", place=f"row {number + 1}", hint=hint)
        found.append(ProfileRow(*row))
    return tuple(dict.fromkeys(found))
