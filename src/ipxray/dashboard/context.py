"""What every view works on: the assessment that the address names, its tables, and the known facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from markupsafe import Markup

from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.page import Query, ordered, sorted_rows
from ipxray.dashboard.pictures import figures_of
from ipxray.dashboard.rebuilt import Rebuilt, rebuilt
from ipxray.dashboard.shelf import Assessment
from ipxray.dashboard.state import Dashboard
from ipxray.dashboard.store import Store
from ipxray.dashboard.triage import Triage
from ipxray.errors import InputError, IpxrayError

__all__ = ["Gone", "Here", "HereNow", "NotFound"]


class NotFound(IpxrayError):
    """Nothing bears this name in this data version."""


class Gone(IpxrayError):
    """The data version was here and is not any more. `now` is the version that lies in its folder, when one does."""

    def __init__(self, message: str, *, hint: str = "", name: str = "", now: str = "") -> None:
        super().__init__(message, hint=hint)
        self.name = name
        self.now = now


class Here:
    """One request's assessment and its store."""

    def __init__(self, request: Request, assessment: Assessment, store: Store, dashboard: Dashboard) -> None:
        self.request = request
        self.assessment = assessment
        self.store = store
        self.dashboard = dashboard

    @property
    def version(self) -> str:
        """The data version."""
        return self.assessment.version

    def figures(self, *kinds: str) -> Markup:
        """The report's figures of these kinds as HTML, made once; nothing where viz.js was not built."""
        if not kinds or not self.dashboard.has_figures:
            return Markup()
        return self.store.held(f"figures {kinds}", lambda: self._drawn(kinds))

    def _drawn(self, kinds: tuple[str, ...]) -> Markup:
        template = self.dashboard.templates.get_template("figures.html")
        return Markup(template.render(figures=figures_of(self.store, kinds)))  # noqa: S704 - templates escape

    def kept(self, form: str, make: Callable[[], Response]) -> Response:
        """The answer to this very address, made once for this data version and state of triage."""
        try:
            revision = self.triage.refresh()
        except InputError:  # the pages that show decisions say so; the others need none
            return make()
        url = self.request.url
        key = f"{form} {url.path}?{url.query}"
        return self.store.answer(key, revision, make)

    @property
    def rebuilt(self) -> Rebuilt:
        """The atlas of this assessment, rebuilt once a data version."""
        return self.store.held("atlas", lambda: rebuilt(self.store))

    @property
    def triage(self) -> Triage:
        """What was decided about this folder's findings."""
        return self.dashboard.triage_of(self.assessment.folder)

    def load_triage(self) -> None:
        """Lay the decisions beside the findings, as they are now."""
        revision = self.triage.refresh()
        if revision != self.store.triage_revision:
            rows = [(key, *decision) for key, decision in self.triage.all().items()]
            self.store.replace_triage(rows, revision)

    def narrow_country(self, where: Where, chosen: Chosen, column: str) -> None:
        """Keep the chosen country, and the members of the chosen group at the date of the assessment."""
        if chosen.country:
            where.add(f"{column} = ?", chosen.country.upper())
        if chosen.group:
            where.add(f"list_contains(?, {column})", self.dashboard.members(chosen.group, self.assessment.at))

    def every_row(self, query: Query, sort: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The columns of a question and all its rows, a batch at a time."""
        if query.known is not None:
            known = sorted_rows(query, sort)
            names = list(known[0]) if known else [column.name for column in query.shown]
            return names, (tuple(row.values()) for row in known)
        return self.store.stream(f"{query.sql} order by {ordered(query, sort)}", query.values, tables=query.tables)


def here_now(
    request: Request, version: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="data version")]
) -> Here:
    """The assessment that the address names. Raises Gone when its folder holds other data now, else NotFound."""
    dashboard: Dashboard = request.app.state.dashboard
    assessment = dashboard.shelf.by_version(version)
    if assessment is None:
        name = dashboard.shelf.name_of(version)
        if name is None:
            raise NotFound("no assessment here has this data version", hint="the first page lists what there is")
        successor = dashboard.shelf.by_name(name)
        now = successor.version if successor else ""
        raise Gone(
            f"{name}: this data version is gone",
            hint=f"the folder now holds {now}" if now else "its folder was removed",
            name=name,
            now=now,
        )
    return Here(request, assessment, dashboard.stores.of(assessment), dashboard)


HereNow = Annotated[Here, Depends(here_now)]
