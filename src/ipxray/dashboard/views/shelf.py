"""The first page: which assessments there are."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from ipxray.dashboard.answers import REFUSALS, csv_text, json_answer, render
from ipxray.dashboard.context import NotFound
from ipxray.dashboard.shelf import Assessment
from ipxray.dashboard.state import Dashboard

router = APIRouter(tags=["assessments"])


class Entry(BaseModel):
    """One assessment of the shelf."""

    name: str
    version: str
    kind: str
    at: str
    controlled_by: str
    control_rule: str
    fictional: bool
    tables: list[str]
    address: str


class Shelved(BaseModel):
    """Every assessment below the served folder, and the folders that cannot be read."""

    assessments: list[Entry]
    broken: list[dict[str, str]]


@router.get("/assessments.json", response_model=Shelved, responses=REFUSALS, operation_id="assessments_json")
def assessments_json(request: Request) -> Response:
    """Every assessment below the served folder."""
    found, broken = request.app.state.dashboard.shelf.all()
    return json_answer({"assessments": [_entry(one) for one in found], "broken": [each._asdict() for each in broken]})


@router.get(
    "/assessments.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    operation_id="assessments_csv",
)
def assessments_csv(request: Request) -> Response:
    """Every assessment below the served folder, as CSV."""
    found, _ = request.app.state.dashboard.shelf.all()
    names = list(Entry.model_fields)
    return csv_text("assessments", names, ([entry[name] for name in names] for entry in map(_entry, found)))


@router.get("/", include_in_schema=False)
@router.get("/assessments", include_in_schema=False)
def assessments(request: Request) -> HTMLResponse:
    """The first page."""
    dashboard: Dashboard = request.app.state.dashboard
    found, broken = dashboard.shelf.all()
    return render(
        request, "shelf.html", entries=[_entry(one) for one in found], broken=broken, jobs=dashboard.jobs.all()
    )


@router.get("/latest/{name:path}", include_in_schema=False)
def latest(request: Request, name: str) -> RedirectResponse:
    """Lead to the overview of what a folder holds now."""
    found = request.app.state.dashboard.shelf.by_name(name)
    if found is None:
        raise NotFound("no assessment of this name", hint="the first page lists what there is")
    return RedirectResponse(f"/a/{found.version}/overview", 307)


def _entry(assessment: Assessment) -> dict[str, Any]:
    head = assessment.manifest.get("headline")
    head = head if isinstance(head, dict) else {}
    return {
        "name": assessment.name,
        "version": assessment.version,
        "kind": assessment.kind,
        "at": assessment.at,
        "controlled_by": str(head.get("controlled_by") or ""),
        "control_rule": str(head.get("control_rule") or ""),
        "fictional": assessment.fictional,
        "tables": sorted(assessment.tables),
        "address": f"/a/{assessment.version}/overview",
    }
