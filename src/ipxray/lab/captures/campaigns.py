"""Campaigns as the user asks for them: a TOML file, one table each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ipxray.errors import InputError
from ipxray.lab.captures.behaviours import BEHAVIOURS, EVASIONS

__all__ = ["Campaign", "read_campaigns"]

_MAX_ROWS = 200_000
"""Targets times repetitions of one campaign: more would be traffic, not a campaign."""


@dataclass(frozen=True)
class Campaign:
    """One campaign: what is done to how many, from when on, for how long, from how many networks."""

    id: str
    behaviour: str
    evasion: str | None
    after: float
    lasts: float
    targets: int
    times: int
    networks: int
    address: str
    """leased: a title, host and IP address of its own in those networks' ranges; node: those of a genuine node."""

    @property
    def family(self) -> str:
        """The family of its behaviour."""
        return BEHAVIOURS[self.behaviour].family


_DEFAULTS: Mapping[str, Any] = {
    "address": "leased",
    "evasion": None,
    "after": 600.0,
    "lasts": 300.0,
    "targets": 5,
    "times": 1,
    "networks": 1,
}
_ADDRESSES = {"leased", "node"}
_LEAST: Mapping[str, float] = {"after": 0, "lasts": 0, "targets": 1, "times": 1, "networks": 1}


def read_campaigns(path: Path) -> tuple[Campaign, ...]:
    """Read `[[campaign]]` tables. Raises InputError with what is wrong and the nearest name."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("campaign", [])
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be read", hint="a file with [[campaign]] tables") from error
    except ValueError as error:
        raise InputError(path, str(error), hint="[[campaign]] tables in TOML") from error
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise InputError(path, "campaign is no list of tables", hint="begin each with [[campaign]]")
    campaigns = tuple(_campaign(path, place, table) for place, table in enumerate(tables, start=1))
    seen: set[str] = set()
    for each in campaigns:
        if each.id in seen:
            raise InputError(path, f"two campaigns are called {each.id}", hint="give each an id of its own")
        seen.add(each.id)
    return campaigns


@dataclass(frozen=True)
class _Where:
    """A table of a file, to complain about."""

    path: Path
    place: str

    def fault(self, problem: str, *, hint: str) -> InputError:
        return InputError(self.path, problem, place=self.place, hint=hint)


def _campaign(path: Path, place: int, table: Mapping[str, Any]) -> Campaign:
    where = _Where(path, f"campaign {place}")
    known = {"id", "behaviour", *_DEFAULTS}
    for name in table:
        _choose(where, "key", name, known)
    behaviour = table.get("behaviour")
    _choose(where, "behaviour", behaviour, BEHAVIOURS)
    if table.get("evasion") is not None:
        _choose(where, "evasion", table["evasion"], EVASIONS)
    values = {**_DEFAULTS, **table}
    _choose(where, "address", values["address"], _ADDRESSES)
    for name, least in _LEAST.items():
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= _MAX_ROWS:
            raise where.fault(f"{name} is {value!r}", hint=f"a number from {least:g} to {_MAX_ROWS}")
        if name in {"targets", "times", "networks"} and not isinstance(value, int):
            raise where.fault(f"{name} is {value!r}", hint="a whole number")
    if values["targets"] * values["times"] > _MAX_ROWS:
        raise where.fault(f"targets times repetitions is more than {_MAX_ROWS}", hint="split it")
    identifier = values.get("id", f"{behaviour}-{place}")
    if not isinstance(identifier, str):
        raise where.fault(f"id is {identifier!r}", hint="a text")
    return Campaign(**{**{name: values[name] for name in _DEFAULTS}, "id": identifier, "behaviour": str(behaviour)})


def _choose(where: _Where, what: str, name: object, known: Mapping[str, Any] | set[str]) -> None:
    if isinstance(name, str) and name in known:
        return
    near = get_close_matches(str(name), known, 1)
    hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(sorted(known)[:8])} …"
    raise where.fault(f"no {what} is called {name!r}", hint=hint)
