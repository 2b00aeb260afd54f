"""`ipxray route`: one roaming pair, who could read or alter what, per service and direction."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipxray.cli.case import open_case
from ipxray.cli.inputs import at_option, facts_option, parameter_option, rule_option
from ipxray.cli.listing import format_option, print_table, to_json
from ipxray.cli.screen import note
from ipxray.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipxray.exposure import Route

__all__ = ["command"]

_STATES = {
    "own_gateway": "own gateway, carrier undeclared",
    "not_applicable": "section not applicable",
    "missing": "not declared",
}
_DATA = {"home_to_visited": "home → visited", "visited_to_home": "visited → home"}


@click.command("route")
@click.argument("home")
@click.argument("visited")
@click.option(
    "--input",
    "inputs",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="INPUT",
    help="IR.21 documents, folders, zips, CSVs. Repeatable.",
)
@click.option(
    "--controlled-by",
    metavar="STATE|OWNER",
    help="Whose carriers: a country (CN, China) or an owner by id or name. Without it, whoever matters on this pair.",
)
@rule_option
@at_option
@facts_option
@parameter_option
@format_option
def command(  # noqa: PLR0917 - one argument an option, passed by name
    home: str,
    visited: str,
    inputs: tuple[Path, ...],
    controlled_by: str | None,
    control_rule: str,
    at: date,
    facts_folders: tuple[Path, ...],
    changes: tuple[str, ...],
    form: str,
) -> None:
    """Say who could read or alter what when a subscriber of HOME roams on VISITED (TADIG codes).

    \b
    Example: ipxray route TSTZ1 TSTZ2 --input ir21/ --controlled-by CN
    """
    from ipxray import atlas, exposure

    case = open_case(inputs, facts_folders, at, changes)
    names = [controlled_by] if controlled_by else atlas.controllers(case.atlas, control_rule)
    routes = []
    for name in names:
        adversary = atlas.adversary(case.atlas, name, control_rule)
        route = exposure.pair(case.atlas, adversary, home.upper(), visited.upper(), parameters=case.parameters)
        if controlled_by or any(row.controlled_high for row in route.carriers if row.candidates):
            routes.append(route)
    if form == "csv":
        print_table(Table("exposure", exposure.Exposure, [row for route in routes for row in route.exposure]), form)
    elif form == "json":
        click.echo(to_json([_as_json(route) for route in routes]))
    else:
        if case.watermark:
            click.echo(f"{case.watermark}\n")
        if routes:
            click.echo("\n".join(_lines(routes, named=controlled_by is not None)))
    if not routes:
        note("no known controller stands behind a carrier of this pair")


def _as_json(route: Route) -> dict[str, Any]:
    return {
        "home": route.home._asdict(),
        "visited": route.visited._asdict(),
        "controlled_by": route.adversary.controller,
        "control_rule": route.adversary.rule,
        "services": route.services,
        "carriers": [row._asdict() for row in route.carriers],
        "messages": [row._asdict() for row in route.messages],
        "exposure": [row._asdict() for row in route.exposure],
    }


def _lines(routes: list[Route], *, named: bool) -> Iterator[str]:
    for place, route in enumerate(routes):
        if place == 0:
            yield from _ends(route)
        yield ""
        yield (
            f"What {route.adversary.controller} could do ({route.adversary.rule}), "
            "as a share of messages: expected [low, high]"
        )
        yield from _exposure(route)
        if named:
            yield ""
            yield from _messages(route)


def _ends(route: Route) -> Iterator[str]:
    from ipxray.report import aligned

    yield (
        f"home {route.home.tadig} ({route.home.organisation}, {route.home.country or '?'})  →  "
        f"visited {route.visited.tadig} ({route.visited.organisation}, {route.visited.country or '?'})"
    )
    yield ""
    rows = [
        (
            row.end,
            row.service,
            row.carrier_name if row.carrier_name.casefold() == row.node else f"{row.carrier_name} = {row.node}",
            row.role if row.role != "unstated" else "",
            f"{row.share_point:.2f} [{row.share_low:.2f}, {row.share_high:.2f}]",
            _controlled(row.controlled_low, row.controlled, row.controlled_high),
            ", ".join(row.confirmed_by),
        )
        for row in route.carriers
    ]
    header = ("end", "service", "carrier", "role", "share", f"from {route.adversary.controller}", "confirmed by")
    yield from aligned(header, rows)
    for end, place in (("home", 0), ("visited", 1)):
        for service, states in route.services.items():
            if states[place] in _STATES and (states[place] != "missing" or service in ("sccp", "diameter", "grx")):
                yield f"{end:<8} {service}: {_STATES[states[place]]}"


def _controlled(low: float, point: float, high: float) -> str:
    if low:
        return "yes"
    return "expected" if point else "possible" if high else ""


def _exposure(route: Route) -> Iterator[str]:
    from ipxray.report import Level, aligned, level_text

    figures: dict[tuple[str, str], dict[str, str]] = {}
    for row in route.exposure:
        if row.direction == "both":
            level = level_text(Level(row.expected, row.low, row.high))
            figures.setdefault((row.service, row.data_class), {})[row.threat] = level
    rows = [
        (service, data_class, found.get("read", "-"), found.get("alter", "-"), found.get("inject", "-"))
        for (service, data_class), found in figures.items()
    ]
    yield from aligned(("service", "data class", "read", "alter", "inject"), rows)


def _messages(route: Route) -> Iterator[str]:
    from ipxray.report import Level, aligned, level_text

    yield "Message by message, read:"
    rows = [
        (
            row.service,
            row.message,
            row.data_class,
            _DATA[row.direction],
            row.chooser,
            level_text(Level(row.expected, row.low, row.high)),
            row.clause,
        )
        for row in route.messages
    ]
    yield from aligned(("service", "message", "data class", "data travels", "path chosen by", "read", "clause"), rows)
