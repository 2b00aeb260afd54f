"""A long list of like items, one column a field: hundreds of items a document make this the hot spot of the reader."""

from __future__ import annotations

from lxml import etree

__all__ = ["text_column"]


def text_column(listed: etree._Element, item: str, *fields: str) -> list[str | None] | None:
    """The text of the one field of each item, at any depth, that bears one of these names: null where there is none.

    None instead of a column where no column can say it: the list holds something else than such items, an item holds
    text of its own, or has two such fields or an empty one.
    """
    column: list[str | None] = []
    # Only texts are asked for, because asking for a tag costs three times as much: items have none, fields have one.
    for element in listed.iterdescendants(f"{{*}}{item}", *(f"{{*}}{field}" for field in fields)):
        text = element.text
        if text is None:
            column.append(None)
        elif column and column[-1] is None:
            column[-1] = text
        else:
            return None
    return column if len(column) == len(listed) else None
