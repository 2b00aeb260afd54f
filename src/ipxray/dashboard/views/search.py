"""Search: one field for every name and number."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import HereNow
from ipxray.dashboard.filters import Chosen
from ipxray.dashboard.find import IDENTITY_DIGITS, find, harmless
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.slugs import address

router = APIRouter(tags=["search"])


@twins(router, "/a/{version}/search")
def search(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """What bears a TADIG code, name, global title, point code, IMSI prefix, host, IP address or AS number."""
    word = harmless(chosen.text)
    # a whole subscriber identity is never repeated, neither in the page nor in the addresses it offers
    shown = chosen.model_copy(update={"text": word})
    rows = [
        {"name": hit.name, "kind": hit.kind, "why": hit.why, "key": hit.key, "view": hit.view,
         "address": address(here.version, hit.view, hit.key)}
        for hit in find(here.store, chosen.text)
    ]  # fmt: skip
    cut = sum(letter.isdigit() for letter in chosen.text) >= IDENTITY_DIGITS and word != chosen.text
    columns = (Shown("name", "found", "address"), Shown("kind", "what it is"), Shown("why", "why", "prose"))
    return Page(
        "search",
        f"Search for {word}" if word else "Search",
        listed(here.store, Query.of(rows, columns), shown),
        summary={"found": len(rows)},
        chosen=shown,
        template="search.html",
        note="A number as long as a subscriber's identity is cut to its prefix." if cut else "",
    )
