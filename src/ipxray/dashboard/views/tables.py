"""Every table of an assessment as it lies in the folder, and all figures of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as Asked
from markupsafe import Markup

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow, NotFound
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.pictures import sections_of
from ipxray.dashboard.slugs import SLUG, unslug
from ipxray.dashboard.taming import quoted
from ipxray.report import Section
from ipxray.tables import Column

router = APIRouter(tags=["tables"])

_LINKS = {
    "tadig": "operators", "home_network": "operators", "source_network": "operators", "sender_network": "operators",
    "receiver_network": "operators", "carrier_id": "carriers", "carrier": "carriers", "node": "carriers",
    "country": "countries", "source_country": "countries", "finding_id": "findings", "subscriber": "subscribers",
}  # fmt: skip
_SEARCHED = 12
"""Text columns that a word is looked for in: the first ones say what a row is about."""


@twins(router, "/a/{version}/tables")
def tables(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every table in the folder: what a row means, and how many there are."""
    described = here.assessment.manifest.get("tables")
    known = described if isinstance(described, dict) else {}
    rows = []
    for name in sorted(here.assessment.tables):
        entry = known.get(name)
        entry = entry if isinstance(entry, dict) else {}
        rows.append({"table": name, "rows": entry.get("rows"), "meaning": str(entry.get("meaning") or "")})
    shown = (
        Shown("table", "table", "code", "tables"),
        Shown("rows", "rows", "count"),
        Shown("meaning", "meaning", "prose"),
    )
    return Page("tables", "Tables", listed(here.store, Query.of(rows, shown), chosen), chosen=chosen)


@twins(router, "/a/{version}/tables/{table}")
def table(here: HereNow, table: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]) -> Page:
    """One table as it lies in the folder, subscribers masked."""
    name = unslug(table)
    if name not in here.assessment.tables:
        raise NotFound(f"no table {name[:60]!r} in this assessment", hint="the list of tables has them all")
    columns = here.store.columns(name)
    where = Where()
    texts = [column.name for column in columns if column.sql_type == "VARCHAR"][:_SEARCHED]
    if chosen.text and texts:
        where.add(f"contains(lower(concat_ws(' ', {', '.join(map(quoted, texts))})), lower(?))", chosen.text)
    order = ", ".join(quoted(column.name) for column in columns) or "1"
    query = Query(
        f"select * from {quoted(name)}{where.sql}", tuple(map(_shown, columns)), order, (name,), tuple(where.values)
    )
    return Page(
        "table", name.replace("_", " ").capitalize(), listed(here.store, query, chosen),
        summary={"table": name}, filters=("text",), chosen=chosen,
    )  # fmt: skip


def _shown(column: Column) -> Shown:
    kind = {"BIGINT": "count", "INTEGER": "count", "BOOLEAN": "yes", "DOUBLE": "number"}.get(column.sql_type, "text")
    if column.name.endswith("_at") and column.sql_type == "BIGINT":
        kind = "at"
    if column.name in ("element_path", "sources", "reason", "message"):
        kind = "path"
    if column.name in _LINKS:
        kind = "code"
    return Shown(column.name, column.name.replace("_", " "), kind, _LINKS.get(column.name, ""), column.doc)


@twins(router, "/a/{version}/report")
def report(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """The report of this assessment: its sections, with their figures."""
    found = sections_of(here.store)
    rows = [{"section": one.id, "title": one.title, "says": " ".join(one.lead)} for one in found]
    shown = (Shown("title", "section"), Shown("says", "in short", "prose"))
    return Page(
        "report", "Report", listed(here.store, Query.of(rows, shown), chosen), chosen=chosen,
        template="report_page.html", beside={"text": here.store.held("report", lambda: _drawn(here, found))},
    )  # fmt: skip


def _drawn(here: Here, sections: Sequence[Section]) -> Markup:
    """The sections as HTML, which the templates have escaped: megabytes in a large world, so made once."""
    text = here.dashboard.templates.get_template("report_sections.html").render(sections=sections)
    return Markup(text.strip())  # noqa: S704
