"""A scenario as data: who does what from when, read from TOML into these values. Ref: docs/scenarios.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipxray.errors import InputError

__all__ = ["KINDS", "SERVICES", "Kind", "Scenario", "Step"]

SERVICES = ("sccp", "diameter", "grx", "mms", "sms_hub", "roaming_hub", "n32")
"""Every service that a network may declare carriers for; a step without `services` means all of them."""

_WHOSE = ("carriers", "controlled_by", "control_rule", "services")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of step: what it does, its keys beside kind, actor, from, until and note, those it needs."""

    meaning: str
    keys: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "refuse": Kind(
        "the actor hands no message to these carriers; with scope indirect it also takes none that crosses them at the "
        "partner's end",
        (*_WHOSE, "scope"),
    ),
    "allow": Kind("the actor takes back an earlier refusal", _WHOSE),
    "move_backups": Kind("the actor drops these carriers where they are backups only", _WHOSE),
    "carrier_lost": Kind("the carrier serves nobody any more", ("carriers", "services")),
    "control_rule": Kind("what counts as control changes", ("rule",), ("rule",)),
    "ownership": Kind("somebody holds a share of a carrier or owner", ("owner", "subject", "share", "seller")),
    "encrypt": Kind("messages between networks of the actor are protected end to end", ("service", "share")),
    "home_route_sms": Kind("the actor answers queries for text messages with its own router's address"),
    "break_out": Kind("the actor's subscribers reach the Internet in the visited network", ("share",)),
    "breach": Kind("the actor's networks are in the adversary's hands", ("carriers",)),
    "refuse_vendor": Kind("the actor replaces the equipment of these vendors", ("vendors", "controlled_by")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One `[[step]]` of a scenario file. A value that is not given is None and falls back to the scenario's own."""

    kind: str
    line: int
    """Line of its `[[step]]` in the file, from 1; 0 when it comes from no file."""
    actor: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None
    carriers: tuple[str, ...] | None = None
    controlled_by: str | None = None
    control_rule: str | None = None
    services: tuple[str, ...] = SERVICES
    scope: str = "direct"
    rule: str | None = None
    owner: str | None = None
    subject: str | None = None
    seller: str | None = None
    held: tuple[float, float] | None = None
    """Share in percent, least and most."""
    service: str | None = None
    share: float | None = None
    """Share of the messages that the step reaches, 0 to 1."""
    vendors: tuple[str, ...] | None = None
    note: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    """Line of each of its keys."""

    def in_force(self, at: date) -> bool:
        """Whether it has begun and not ended: since ≤ at < until."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file, read and checked; names of networks and carriers are resolved when it is simulated."""

    name: str
    path: str
    title: str
    question: str
    source: tuple[str, ...]
    steps: tuple[Step, ...]
    actor: tuple[str, ...] = ("all",)
    controlled_by: str | None = None
    control_rule: str | None = None
    assume: tuple[tuple[str, float], ...] = ()
    """Parameters that the scenario sets for every state, in the order of the file."""
    digest: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    """Line of each key of its head."""

    def fault(self, step: Step | None, problem: str, hint: str = "", *, key: str = "") -> InputError:
        """The error for one step or the head: file, line of the key (else of the step), problem, what to do."""
        lines = dict(self.lines if step is None else step.lines)
        line = lines.get(key, step.line if step else 0)
        return InputError(Path(self.path), problem, place=f"line {line}" if line else "", hint=hint)

    @property
    def dates(self) -> tuple[date, ...]:
        """Days on which a step begins or ends, in order."""
        return tuple(sorted({day for step in self.steps for day in (step.since, step.until) if day}))
