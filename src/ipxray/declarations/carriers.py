"""A text that names carriers → its names, each with where it stands: how any section declares a carrier."""

from __future__ import annotations

from typing import Final

from ipxray.declarations.names import is_generic, is_void, split_names
from ipxray.declarations.rows import Role, Service
from ipxray.declarations.section import Named, Section
from ipxray.declarations.text import quoted

__all__ = ["CARRIERS", "declare"]

CARRIERS: Final = 2_000
"""The most rows for carriers of one section: nine providers are the most seen, each with a dozen point codes."""


def declare(
    section: Section,
    service: Service,
    text: str | None,
    path: str,
    *,
    asn: int | None = None,
    point_code: str | None = None,
    role: Role = "unstated",
    role_text: str | None = None,
) -> None:
    """Add one row for each name in the text. An AS number from its own field holds only where there is one name.

    A text that says "none" adds nothing, unless a point code shows that somebody is there.
    """
    kept = section.text(text, path)
    names = split_names(kept)
    if not names or (point_code is None and is_void(names[0].name)):
        return
    if is_generic(names[0].name) or is_void(names[0].name):
        section.report("carrier-generic", f"{quoted(kept)} names no carrier", path)
    for name in names:
        if len(section.named) >= CARRIERS:
            section.report("rows-truncated", f"more than {CARRIERS:,} carriers in one section", path)
            return
        own_asn = name.asn if name.asn is not None else (asn if len(names) == 1 else None)
        section.named.append(
            Named(
                service, role_text, role, kept, name.name, point_code, own_asn, path, inferred=False, confidence="high"
            )
        )
