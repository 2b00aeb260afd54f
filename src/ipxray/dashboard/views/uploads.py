"""Drop files in: they become an assessment in the served folder."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi import Path as Segment
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from ipxray import capture
from ipxray.dashboard.answers import REFUSALS, json_answer, render
from ipxray.dashboard.context import NotFound
from ipxray.dashboard.jobs import Job
from ipxray.dashboard.state import Dashboard
from ipxray.errors import OutputError, UsageError
from ipxray.report import MANIFEST

router = APIRouter(tags=["uploads"])

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_FILES = 1_000
_BLOCK = 1 << 20
_LONGEST_NAME = 120
Rule = Literal["majority_50", "over_50", "blocking_25", "ten_percent", "seat", "wide"]


class Progress(BaseModel):
    """How far an upload is."""

    id: str
    name: str
    state: str
    stage: str
    done: int
    total: int
    error: str
    notes: list[str]
    address: str


@router.post(
    "/uploads",
    status_code=303,
    response_class=RedirectResponse,
    responses={**REFUSALS, 303: {"description": "accepted; leads to its progress"}, 413: {"description": "too large"}},
    operation_id="upload",
)
def upload(  # noqa: PLR0917 - one argument a field of the form
    request: Request,
    files: Annotated[list[UploadFile], File(description="IR.21 XML, CSV, zip or captures")],
    name: Annotated[str, Form(max_length=60)] = "",
    controlled_by: Annotated[str, Form(max_length=80)] = "",
    control_rule: Annotated[Rule, Form()] = "majority_50",
    at: Annotated[date | Literal[""], Form()] = "",
) -> RedirectResponse:
    """Make an assessment of the files. Leads to its progress."""
    dashboard: Dashboard = request.app.state.dashboard
    named = [file for file in files if file.filename]
    if not named:
        raise UsageError("no file came", hint="choose files, or drop them onto the field")
    if len(named) > _FILES:
        raise UsageError(f"{len(named)} files", hint=f"at most {_FILES}; put them into one zip")
    output = _output(dashboard, name)
    folder = dashboard.shelf.root / f".upload-{secrets.token_hex(8)}"
    try:
        paths = _kept(named, folder)
        command = _command(dashboard, paths, output, (controlled_by.strip(), control_rule, str(at)))
        job = dashboard.jobs.start(output.name, command, folder, output)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OutputError(f"the files cannot be kept ({error.strerror})", hint="is the disk full?") from error
    except UsageError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _output(dashboard: Dashboard, name: str) -> Path:
    """The folder that the assessment will be. Never one that is there already."""
    root = dashboard.shelf.root
    if (root / MANIFEST).is_file():
        raise UsageError("one assessment is served, not a folder of them", hint="serve the folder above it")
    chosen = name.strip() or datetime.now(tz=UTC).strftime("upload-%Y%m%d-%H%M%S")
    if not _NAME.fullmatch(chosen):
        raise UsageError("a name is letters, digits, dots, dashes", hint="60 at most, a letter or digit first")
    waiting = {job.name for job in dashboard.jobs.all() if not job.is_over}
    if (root / chosen).exists() or chosen in waiting:
        raise UsageError(f"{chosen} is there already", hint="choose another name")
    return root / chosen


def _kept(files: Sequence[UploadFile], folder: Path) -> list[Path]:
    """The files under names of their own making: what the browser calls them only lends the ending and the sound."""
    folder.mkdir(mode=0o700)
    paths = []
    for number, file in enumerate(files):
        path = folder / f"{number:04d}-{harmless_name(file.filename or '')}"
        with path.open("xb") as out:
            shutil.copyfileobj(file.file, out, _BLOCK)
        paths.append(path)
    return paths


def harmless_name(name: str) -> str:
    """The last part of a file name, letters and digits and little else."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^A-Za-z0-9._-]", "_", last).lstrip(".")[-_LONGEST_NAME:] or "file"


def _command(dashboard: Dashboard, paths: Sequence[Path], output: Path, chosen: tuple[str, str, str]) -> list[str]:
    """`assess` for documents, `detect` as soon as a capture is among them; every value is one argument of its own."""
    controlled_by, rule, at = chosen
    captures = [str(path) for path in paths if capture.is_capture(path)]
    documents = [str(path) for path in paths if str(path) not in captures]
    options = [f"--output={output}", *(f"--facts={folder}" for folder in dashboard.facts_folders)]
    options += [f"--at={at}"] if at else []
    if captures:
        declared = [f"--declarations={path}" for path in documents]
        return [*dashboard.command, "detect", *options, *declared, "--", *captures]
    options += [f"--control-rule={rule}", *([f"--controlled-by={controlled_by}"] if controlled_by else [])]
    return [*dashboard.command, "assess", *options, "--", *documents]


@router.get("/jobs/{job}.json", response_model=Progress, responses=REFUSALS, operation_id="job_json")
def job_json(request: Request, job: Annotated[str, Segment(pattern=r"^[0-9a-f]{16}$")]) -> Response:
    """How far an upload is."""
    return json_answer(_progress(request.app.state.dashboard, _job(request, job)))


@router.get("/jobs/{job}", include_in_schema=False)
def job_page(request: Request, job: Annotated[str, Segment(pattern=r"^[0-9a-f]{16}$")]) -> HTMLResponse:
    """How far an upload is, as a page that looks again by itself."""
    found = _job(request, job)
    return render(request, "job.html", job=_progress(request.app.state.dashboard, found))


@router.post(
    "/jobs/{job}/cancel", status_code=303, response_class=RedirectResponse,
    responses={**REFUSALS, 303: {"description": "cancelled; leads to its progress"}}, operation_id="cancel",
)  # fmt: skip
def cancel(request: Request, job: Annotated[str, Segment(pattern=r"^[0-9a-f]{16}$")]) -> RedirectResponse:
    """End an upload that is under way."""
    request.app.state.dashboard.jobs.cancel(_job(request, job).id)
    return RedirectResponse(f"/jobs/{job}", 303)


def _job(request: Request, job_id: str) -> Job:
    found: Job | None = request.app.state.dashboard.jobs.of(job_id)
    if found is None:
        raise NotFound("no such upload in this run", hint="the first page lists what there is")
    return found


def _progress(dashboard: Dashboard, job: Job) -> dict[str, Any]:
    made = dashboard.shelf.by_name(job.name) if job.state == "done" else None
    return {
        "id": job.id,
        "name": job.name,
        "state": job.state,
        "stage": _without(job.stage, job.files),
        "done": job.done,
        "total": job.total,
        "error": _without(job.error, job.files),
        "notes": [_without(note, job.files) for note in job.notes if not note.startswith("ipxray: ")],
        "address": f"/a/{made.version}/overview" if made else "",
    }


def _without(text: str, folder: Path) -> str:
    """A line of the command with the names that the reader knows, not those that the files had on the way."""
    return re.sub(re.escape(str(folder)) + r"/\d{4}-", "", text)
