"""Columns of a file that may say anything, as queries expect them; and no subscriber in clear."""

from __future__ import annotations

from collections.abc import Set

from ipxray.tables import Column

__all__ = ["SEALED", "quoted", "tamed"]

SEALED = frozenset({"messages", "tunnels", "enriched"})
"""Tables of single messages: their addresses can name subscribers in more columns than one can mask."""
_IDENTITIES = frozenset({"subscriber", "subscribers", "imsi", "msisdn", "imei"})
_PROSE = frozenset({"title", "explanation", "note", "advice", "confidence_reasons"})
_PLAIN = frozenset({"VARCHAR", "BIGINT", "INTEGER", "SMALLINT", "BOOLEAN", "DATE"})
_IDENTITY_RUN = "[0-9]{4,}"
"""Digits beyond the fifth of an identity: MCC and MNC may be seen, the rest not. Pseudonyms hold letters there."""
_PROSE_RUN = "[0-9]{9,}"
"""Digits beyond the fifth of what is as long as an IMSI or IMEI, 14 at least: addresses of nodes are shorter."""


def tamed(column: Column, present: Set[str], *, show_identities: bool) -> str:
    """SQL of one column: cast to its type or null, no number that is none, subscribers masked."""
    name = quoted(column.name)
    kind = column.sql_type.upper()
    if column.name not in present:
        return f"null::{kind} as {name}"
    if kind in ("DOUBLE", "FLOAT"):
        return f"case when isfinite(try_cast({name} as double)) then try_cast({name} as double) end as {name}"
    is_list = kind.endswith("[]")
    if kind.removesuffix("[]") not in _PLAIN:
        kind, is_list = "VARCHAR", False
    value = f"try_cast({name} as {kind})"
    if kind.removesuffix("[]") == "VARCHAR" and not show_identities:
        value = _masked(column.name, value, is_list=is_list)
    return f"coalesce({value}, []) as {name}" if is_list else f"{value} as {name}"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _masked(name: str, value: str, *, is_list: bool) -> str:
    run = _IDENTITY_RUN if name in _IDENTITIES else _PROSE_RUN if name in _PROSE else ""
    if not run:
        return value

    # what goes before is a part of the pattern, so that no mask starts in the middle of a run
    def mask(text: str) -> str:
        return f"regexp_replace({text}, '(^|[^0-9])([0-9]{{5}}){run}', '\\1\\2****', 'g')"

    return f"list_transform({value}, lambda x: {mask('x')})" if is_list else mask(value)
