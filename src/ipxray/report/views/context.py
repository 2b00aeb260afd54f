"""What has happened before: documented abuse, and what regulators and governments did. Cited, never scored."""

from __future__ import annotations

from ipxray.report.reading import Reading
from ipxray.report.sections import Column, Grid, Row, Section
from ipxray.report.views.evidence import source_link
from ipxray.report.views.levels import country_names

__all__ = ["context"]


def context(reading: Reading) -> Section | None:
    """Past incidents and policy actions with their sources. None where the folder keeps neither."""
    if not reading.has("incidents", "policy_actions"):
        return None
    grids = [grid for grid in (_incidents(reading), _actions(reading)) if grid.rows]
    if not grids:
        lead = (
            "This world is fictional: it has no past."
            if reading.watermark
            else "The facts of this run list no incident."
        )
        return Section(id="context", title="What happened before", lead=(lead,))
    return Section(
        id="context",
        title="What happened before",
        lead=(
            (
                "These are reports of others, with their sources. An actor is alleged unless a source says confirmed; none of "
                "them enters a figure of this page."
            ),
        ),
        grids=grids,
    )


def _incidents(reading: Reading) -> Grid:
    names = country_names(reading)
    rows = [
        Row(
            [
                row["date"], row["title"], row["alleged_actor"], ", ".join(row["protocols"] or ()),
                ", ".join(names.get(code, code) for code in row["countries"] or ()) or None, row["figures"], row["caution"],
                source_link(reading, [row["source"]]),
            ]
        )
        for row in reading.rows("select * from incidents order by date desc, id")
    ]  # fmt: skip
    columns = (
        Column("date", "code"), Column("what happened", "prose"), Column("alleged actor", "middle"), Column("protocols"),
        Column("countries", "prose"), Column("scale, as published", "prose"), Column("caution", "prose"), Column("source", "links"),
    )  # fmt: skip
    return Grid("incidents", "Documented abuse of interconnect signalling", columns, rows)


def _actions(reading: Reading) -> Grid:
    names = country_names(reading)
    rows = [
        Row(
            [
                row["date"], row["body"], names.get(row["country"], row["country"]), row["action"], row["status"],
                ", ".join(row["concerns"] or ()) or None, source_link(reading, [row["source"]]),
            ]
        )
        for row in reading.rows("select * from policy_actions order by date desc, id")
    ]  # fmt: skip
    columns = (
        Column("date", "code"), Column("body"), Column("country"), Column("action", "prose"), Column("status"),
        Column("concerns", "links"), Column("source", "links"),
    )  # fmt: skip
    return Grid("actions", "What regulators and governments did", columns, rows)
