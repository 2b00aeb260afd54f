"""Sources: how one is read, and what makes its address and dates believable."""

from __future__ import annotations

import re
from datetime import date
from typing import cast
from urllib.parse import urlsplit

from ipxray.facts.model import Mark, Source
from ipxray.facts.record import Record

__all__ = ["LAB_URL", "read_source", "url_problem"]

LAB_URL = "urn:ipxray:lab"
"""The address of a source that a fictional world makes up; refused elsewhere."""

MARKS = ("primary", "news", "weak")
# The public web is of 1991; the end only keeps slips out, for `check` holds retrieval against the day of the run.
_FIRST_RETRIEVAL, _LAST_RETRIEVAL = date(1991, 8, 6), date(2080, 1, 1)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


def read_source(key: str, record: Record) -> Source:
    """Read one `[sources.<key>]` table."""
    retrieved = record.day("retrieved")
    if retrieved is None and record.raw("retrieved") is None:
        record.fault("retrieved", "is missing: the day on which the excerpt was taken over")
    published = record.day("published")
    url = record.text("url")
    if url and retrieved and (problem := url_problem(url, retrieved)):
        record.fault("url", problem)
    if retrieved and not _FIRST_RETRIEVAL <= retrieved < _LAST_RETRIEVAL:
        record.fault("retrieved", f"{retrieved} cannot be the day of retrieval")
    if retrieved and published and published > retrieved:
        record.fault("published", f"{published} is after {retrieved}, the day of retrieval")
    return Source(
        key=key,
        publisher=record.text("publisher"),
        title=record.text("title"),
        url=url,
        retrieved=retrieved or date.min,
        mark=cast(Mark, record.choice("mark", MARKS)),
        published=published,
        licence=record.optional_text("licence"),
    )


def url_problem(url: str, retrieved: date) -> str | None:
    """Say why an address is not believable; None when it is.

    A year after the day of retrieval is not: a spreadsheet that counted addresses upwards (…/2030, /2031, …) made a
    hundred of them in one published data set.
    """
    if url == LAB_URL:
        return None
    if re.search(r"\s", url):
        return "has blanks in it"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return f"{url[:80]!r} is no address"
    if parts.scheme not in {"http", "https"}:
        return f"{url[:80]!r} must begin with http:// or https://"
    host = parts.hostname or ""
    if len(host) > 253 or not _HOST.fullmatch(host) or parts.username is not None or port == 0:
        return f"{url[:80]!r} has no plausible host"
    late = [year for year in _YEAR.findall(url) if int(year) > retrieved.year + 1]
    return f"names the year {late[0]}, after its retrieval in {retrieved.year}" if late else None
