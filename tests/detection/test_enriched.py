"""The enriched table is the messages table and more. Ref: docs/reference/tables.md."""

from __future__ import annotations

from ipxray.capture import Message
from ipxray.detection import ENRICHED, Enrichment
from ipxray.tables import columns_of


def test_every_column_of_messages_comes_first_and_unchanged() -> None:
    assert ENRICHED[: len(Message._fields)] == columns_of(Message)


def test_no_column_is_named_twice() -> None:
    names = [column.name for column in ENRICHED]
    assert len(names) == len(set(names)) == len(Message._fields) + len(Enrichment._fields)
