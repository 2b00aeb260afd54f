"""One page as HTML, JSON or CSV: the same rows, the same data version, the same watermark."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import BaseModel

from ipxray.dashboard.context import Here
from ipxray.dashboard.page import Listing, Page
from ipxray.errors import UsageError
from ipxray.report import csv_cell

__all__ = ["REFUSALS", "Answer", "Refusal", "csv_text", "json_answer", "render", "twins"]

_BATCH = 2_000


class Part(BaseModel):
    """A table of a view: how many rows there are in all, and those asked for."""

    total: int
    rows: list[dict[str, Any]]


class Answer(BaseModel):
    """A view as JSON. `version` is the data version: the same address gives the same rows as long as it exists."""

    view: str
    title: str
    assessment: str
    version: str
    kind: str
    at: str
    fictional: bool
    watermark: str | None
    asked: dict[str, str]
    summary: dict[str, Any]
    page: int
    size: int
    total: int
    rows: list[dict[str, Any]]
    parts: dict[str, Part]


class Refusal(BaseModel):
    """Why there is no answer, and what to do."""

    error: str
    hint: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": why}
    for status, why in {
        404: "no such thing in this data version",
        410: "this data version is no longer in the folder",
        422: "the request makes no sense",
        503: "a table of the folder cannot be read",
    }.items()
}


def twins(router: APIRouter, path: str) -> Callable[[Callable[..., Page]], Callable[..., Page]]:
    """Serve a view as a page at `path`, as JSON at `path.json` and its main table as CSV at `path.csv`."""

    def register(view: Callable[..., Page]) -> Callable[..., Page]:
        name = view.__name__
        summary = (view.__doc__ or "").strip().splitlines()[0]
        router.add_api_route(
            f"{path}.json",
            _answering(view, _as_json),
            name=f"{name}_json",
            summary=summary,
            response_model=Answer,
            responses=REFUSALS,
            operation_id=f"{name}_json",
        )
        router.add_api_route(
            f"{path}.csv",
            _answering(view, _as_csv),
            name=f"{name}_csv",
            summary=f"{summary} As CSV, every row.",
            response_class=Response,
            responses={**REFUSALS, 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
            operation_id=f"{name}_csv",
        )
        router.add_api_route(path, _answering(view, _as_html), name=name, include_in_schema=False)
        return view

    return register


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as an answer. Part of a page when htmx asks for one."""
    dashboard = request.app.state.dashboard
    text = dashboard.templates.get_template(template).render(request=request, dashboard=dashboard, **values)
    return HTMLResponse(text, status)


def _answering(view: Callable[..., Page], form: Callable[[Here, Page], Response]) -> Callable[..., Response]:
    @wraps(view)
    def call(**given: Any) -> Response:
        here: Here = given["here"]
        if form is _as_csv:  # as long as a table: never kept
            return form(here, view(**given))
        made = here.kept(form.__name__, lambda: form(here, view(**given)))
        return Response(made.body, media_type=made.media_type)

    call.__annotations__ = {**view.__annotations__, "return": Response}
    return call


def _as_html(here: Here, page: Page) -> Response:
    return render(here.request, page.template, here=here, page=page)


def _as_json(here: Here, page: Page) -> Response:
    assessment = here.assessment
    content = {
        "view": page.view,
        "title": page.title,
        "assessment": assessment.name,
        "version": assessment.version,
        "kind": assessment.kind,
        "at": assessment.at,
        "fictional": assessment.fictional,
        "watermark": assessment.watermark,
        "asked": page.chosen.asked(),
        "summary": dict(page.summary),
        "page": page.main.number,
        "size": page.main.size,
        "total": page.main.total,
        "rows": page.main.rows,
        "parts": {name: {"total": part.total, "rows": part.rows} for name, part in page.parts.items()},
    }
    return json_answer(content)


def json_answer(content: Any, status: int = 200) -> Response:
    """Plain values as a JSON answer."""
    return Response(to_json(content), status, media_type="application/json")


def csv_text(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A short table as a CSV answer, cells disarmed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([csv_cell(tuple(cell) if isinstance(cell, list) else cell) for cell in row] for row in rows)
    return _attachment(name, iter([buffer.getvalue()]))


def _attachment(name: str, lines: Iterator[str]) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def to_json(content: Any) -> str:
    """JSON text; dates as ISO 8601; a number that is none is null; `<` never stands in it, so it may lie in a page."""
    text = json.dumps(_finite(content), ensure_ascii=False, default=str)
    return text.replace("<", "\\u003c")


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


def _as_csv(here: Here, page: Page) -> Response:
    part = here.request.query_params.get("part", "")
    if part and part not in page.parts:
        raise UsageError(f"this view has no part {part[:40]!r}", hint=f"one of: {', '.join(page.parts) or 'none'}")
    listing = page.parts[part] if part else page.main
    name = f"{page.view}{'-' + part if part else ''}-{here.assessment.version}"
    return _attachment(name, csv_lines(here, listing))


def csv_lines(here: Here, listing: Listing) -> Iterator[str]:
    """Every row of the question behind a listing, cells disarmed; a fictional world says so in each row."""
    mark = [here.assessment.watermark] if here.assessment.watermark else []
    names, rows = here.every_row(listing.query, listing.sort)

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow([*names, "watermark"] if mark else names)
        for number, row in enumerate(rows):
            writer.writerow([*(csv_cell(tuple(cell) if isinstance(cell, list) else cell) for cell in row), *mark])
            if number % _BATCH == 0:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    return lines()
