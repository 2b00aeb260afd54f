"""Where a page leads: the views of an assessment, the same view asked otherwise, and what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from ipxray.dashboard.context import Here
from ipxray.dashboard.lens import CLASSES, controllers_of, lens_of, rules_of
from ipxray.dashboard.page import Page

__all__ = ["GLOBALS"]

_VIEWS = (
    ("overview", "Overview", ()),
    ("operators", "Operators", ("declarations", "exposure", "networks")),
    ("carriers", "Carriers", ("links",)),
    ("countries", "Countries", ("declarations", "exposure", "networks")),
    ("pairs", "Pairs", ("networks", "exposure")),
    ("vendors", "Vendors", ("vendors",)),
    ("findings", "Findings", ("findings",)),
    ("subscribers", "Subscribers", ("evidence",)),
    ("policy", "Policy", ("scenario_summary", "scenarios", "optimised_changes", "scenario_changes", "frontier")),
    ("report", "Report", ()),
    ("tables", "Tables", ()),
)
_FIXED: Mapping[str, Sequence[str]] = {
    "data_class": tuple(CLASSES),
    "threat": ("read", "alter", "inject"),
    "severity": ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"),
    "state": ("new", "confirmed", "false_positive", "closed"),
}


def views_of(here: Here) -> list[tuple[str, str]]:
    """The views that this assessment has something for: name and title."""
    return [
        (name, title) for name, title, tables in _VIEWS if not tables or any(here.store.has(table) for table in tables)
    ]


def asking(asked: Mapping[str, str], **changes: object) -> str:
    """The query of an address with some names changed; an empty value takes the name away."""
    together = {**asked, **{name: str(value) for name, value in changes.items()}}
    query = urlencode({name: value for name, value in together.items() if value})
    return f"?{query}" if query else ""


def turned(sort: str, name: str, numeric: bool) -> str:
    """The order that a click on a column asks for: figures fall first, text rises first, a second click turns it."""
    first, second = (f"-{name}", name) if numeric else (name, f"-{name}")
    return second if sort == first else first


def options(here: Here, name: str) -> list[tuple[str, str]]:
    """What a filter offers here: value and title."""
    facts = here.dashboard.facts
    if name == "group":
        return [(group.id, group.name) for group in facts.groups.values()]
    if name == "controller":
        found = controllers_of(here.store)
    elif name == "rule":
        found = rules_of(here.store)
    elif name in _FIXED:
        return [(value, value.replace("_", " ").lower()) for value in _FIXED[name]]
    else:
        found = _present(here, name)
    titles = {code: country.name for code, country in facts.countries.items()}
    titles |= {entity.id: entity.name for entity in facts.entities.values()}
    return [(value, f"{titles[value]} ({value})" if value in titles else value) for value in found]


def _present(here: Here, name: str) -> list[str]:
    """Values that occur: asked once a data version."""
    questions = {
        "country": (
            "select country from operators union select source_country from findings order by 1",
            ("operators", "findings"),
        ),
        "service": ("select distinct service from exposure order by 1", ("exposure",)),
        "family": ("select distinct family from findings where family is not null order by 1", ("findings",)),
    }
    if name not in questions:
        return []
    sql, tables = questions[name]
    return [str(value) for value in here.store.remembered(f"options {name}", sql, tables) if value]


def default_of(here: Here, name: str, page: Page) -> str:
    """What an untouched filter means."""
    lens = lens_of(here.store, page.chosen.model_copy(update={name: ""}))
    own = {"controller": lens.controller, "rule": lens.rule, "service": "all services", "threat": "read"}
    return own.get(name) or "all"


GLOBALS = {"views_of": views_of, "asking": asking, "turned": turned, "options": options, "default_of": default_of}
