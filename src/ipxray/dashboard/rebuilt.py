"""The atlas of an assessment, rebuilt of its tables, so that any pair can be asked for that was not written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from ipxray import atlas, exposure
from ipxray.dashboard.store import Row, Store
from ipxray.errors import IpxrayError, UsageError
from ipxray.parameters import Parameters

__all__ = ["Rebuilt", "rebuilt"]


class Rebuilt:
    """An atlas with the parameters of its run."""

    def __init__(self, built: atlas.Atlas, parameters: Parameters) -> None:
        self.atlas = built
        self.parameters = parameters

    def pair(self, home: str, visited: str, controller: str, rule: str) -> exposure.Route:
        """One roaming pair in full. Raises UsageError for a network or controller that is not here."""
        against = atlas.adversary(self.atlas, controller, rule)
        return exposure.pair(self.atlas, against, home, visited, parameters=self.parameters)


def rebuilt(store: Store) -> Rebuilt:
    """Rebuild the atlas of networks, links and control. Raises UsageError when the folder holds no networks."""
    networks = store.ask("select * from networks order by tadig", tables=("networks",))
    if not networks:
        raise UsageError("this folder does not list its networks", hint="write the assessment anew")
    built = atlas.Atlas(
        at=_day(store.assessment.at),
        operators=tuple(_operator(row) for row in networks),
        links=tuple(_row(atlas.Link, row) for row in store.ask("select * from links", tables=("links",))),
        control=tuple(_row(atlas.Control, row) for row in store.ask("select * from control", tables=("control",))),
        unresolved=(),
        vendors=(),
        controller_names=_names(store),
    )
    return Rebuilt(built, _parameters(store.assessment.manifest))


def _operator(row: Row) -> atlas.Operator:
    services = {service: row[service] or "missing" for service in ("sccp", "diameter", "grx")}
    return atlas.Operator(
        row["tadig"],
        row["country"],
        row["organisation"] or "",
        tuple(row["mcc_mnc"]),
        services,
        row["document_created"],
    )


def _row(row_type: Any, row: Row) -> Any:
    return row_type(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


def _names(store: Store) -> dict[str, str]:
    found = store.remembered("control controllers", "select distinct controller from control order by 1", ("control",))
    return {str(name).lower(): str(name) for name in found if name}


def _parameters(manifest: Mapping[str, Any]) -> Parameters:
    """The values of the run; what the manifest does not say, or says senselessly, is as shipped."""
    parameters = Parameters.default()
    described = manifest.get("parameters")
    for each in described if isinstance(described, list) else ():
        try:
            parameters = parameters.replace(**{each["name"]: float(each["value"])})
        except (IpxrayError, KeyError, TypeError, ValueError):
            continue
    return parameters


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.now(tz=UTC).date()
