"""Comparison: what changed from one assessment to another."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi import Query as Asked
from fastapi.responses import RedirectResponse

from ipxray.dashboard.answers import twins
from ipxray.dashboard.comparing import changes
from ipxray.dashboard.context import HereNow, here_now
from ipxray.dashboard.filters import Chosen
from ipxray.dashboard.page import Page, Query, Shown, listed

router = APIRouter(tags=["comparison"])

_VERSION = r"^[0-9a-f]{16}$"


@router.get("/compare", include_in_schema=False)
def chosen_two(
    before: Annotated[str, Asked(pattern=_VERSION)], after: Annotated[str, Asked(pattern=_VERSION)]
) -> RedirectResponse:
    """Lead from the form to the comparison's own address."""
    return RedirectResponse(f"/a/{after}/since/{before}", 303)


@twins(router, "/a/{version}/since/{before}")
def comparison(
    request: Request,
    here: HereNow,
    before: Annotated[str, Path(pattern=_VERSION, description="data version to compare with")],
    chosen: Annotated[Chosen, Asked()],
) -> Page:
    """What changed since another assessment: networks, links, figures, control, findings."""
    earlier = here_now(request, before)
    rows = here.store.held(f"since {before}", lambda: changes(earlier.store, here.store))
    if chosen.text:
        word = chosen.text.lower()
        rows = [row for row in rows if any(word in str(value).lower() for value in row.values())]
    query = Query.of(
        rows,
        (
            Shown("what", "what"),
            Shown("of", "of", "viewed"),
            Shown("part", "where"),
            Shown("change", "change"),
            Shown("before", "before"),
            Shown("after", "after"),
            Shown("difference", "difference", "signed"),
        ),
    )
    names = earlier.assessment.name, here.assessment.name
    kinds = Counter(f"{row['what']} {row['change']}" for row in rows)
    return Page(
        "comparison",
        f"What changed from {names[0]} to {names[1]}",
        listed(here.store, query, chosen),
        summary={"before": before, "before_name": names[0], "before_at": earlier.assessment.at, **kinds},
        filters=("text",),
        chosen=chosen,
        template="comparison.html",
        note="" if rows else "Nothing that is shown here changed.",
        beside={"earlier": earlier.assessment, "kinds": kinds},
    )
