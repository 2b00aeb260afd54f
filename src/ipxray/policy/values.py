"""Values of a scenario file, each checked as it is taken, with the line of whatever is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ipxray.atlas import CONTROL_RULES
from ipxray.errors import InputError
from ipxray.policy.places import Places
from ipxray.policy.scenario import KINDS, SERVICES, Step

__all__ = ["RULES", "Section", "step_of"]

RULES: tuple[str, ...] = (*CONTROL_RULES, "wide")
_EVERY_STEP = ("kind", "actor", "from", "until", "note")
_PROTECTED = ("diameter", "n32")
_LONGEST = 200


class Section:
    """One table of the file: its head, [assume] or a step."""

    def __init__(self, path: Path, values: Mapping[str, Any], places: Places, place: int | str) -> None:
        self.path, self.values, self._places, self._place = path, values, places, place

    @property
    def line(self) -> int:
        """Line of its header."""
        return self._places.step(self._place) if isinstance(self._place, int) else 1

    @property
    def lines(self) -> tuple[tuple[str, int], ...]:
        """Line of each of its keys."""
        return tuple((key, self._places.key(self._place, key)) for key in self.values)

    def fault(self, key: str, problem: str, hint: str = "") -> InputError:
        """The error for one of its keys."""
        return InputError(self.path, problem, place=f"line {self._places.key(self._place, key)}", hint=hint)

    def refuse_unknown(self, known: Sequence[str], what: str) -> None:
        """Raise for a key that this table does not have, with the nearest one that it has."""
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known)}"
                raise self.fault(key, f"{what} has no {key[:40]!r}", hint)

    def text(self, key: str) -> str | None:
        """A short text, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or len(value) > 10 * _LONGEST:
            raise self.fault(key, f"{key} is no text", f'write {key} = "…"')
        return self._printable(key, " ".join(value.split()))

    def texts(self, key: str) -> tuple[str, ...] | None:
        """One text or a list of them, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not found or not all(isinstance(one, str) and one.strip() for one in found):
            raise self.fault(key, f"{key} is neither a text nor a list of texts", f'write {key} = ["…", "…"]')
        return tuple(self._printable(key, one.strip()[:_LONGEST]) for one in found)

    def _printable(self, key: str, text: str) -> str:
        """The text, unless it would steer a terminal."""
        if not text.isprintable():
            raise self.fault(key, f"{key} holds characters that cannot be printed", "write plain text")
        return text

    def one_of(self, key: str, choices: Sequence[str]) -> str | None:
        """One of some words, or None."""
        value = self.text(key)
        if value is not None and value not in choices:
            near = get_close_matches(value, choices, n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise self.fault(key, f"{key} = {value[:40]!r} is not known", f"{hint}one of {', '.join(choices)}")
        return value

    def rule(self, key: str) -> str | None:
        """A control rule, or None."""
        return self.one_of(key, RULES)

    def number(self, key: str) -> float | None:
        """A finite number, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.fault(key, f"{key} is no number", f"write {key} = 0.5")
        return float(value)

    def day(self, key: str) -> date | None:
        """A date, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, f"{key} is no date", f"write {key} = 2027-03-31, without quotes")
        return value

    def part(self, key: str) -> float | None:
        """A share from 0 to 1, or None."""
        value = self.number(key)
        if value is not None and not 0.0 <= value <= 1.0:
            raise self.fault(key, f"{key} = {value:g} is no share", "from 0 to 1")
        return value

    def percent(self, key: str) -> tuple[float, float] | None:
        """A share in percent, or an interval of two, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        ends = value if isinstance(value, list) else [value]
        numbers = [end for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
        if len(numbers) != len(ends) or len(ends) not in (1, 2) or not 0 <= numbers[0] <= numbers[-1] <= 100:
            raise self.fault(key, f"{key} is no percentage", "write share = 51 or share = [50, 100]")
        return float(numbers[0]), float(numbers[-1])


def step_of(section: Section) -> Step:
    """Read one step: its kind decides which keys it may have."""
    if "kind" not in section.values:
        raise section.fault("kind", "a step without kind", f"one of {', '.join(KINDS)}")
    kind = section.one_of("kind", tuple(KINDS)) or ""
    section.refuse_unknown((*_EVERY_STEP, *KINDS[kind].keys), f"a step {kind}")
    for key in KINDS[kind].needs:
        if key not in section.values:
            raise section.fault("kind", f"a step {kind} needs {key}", KINDS[kind].meaning)
    services = section.texts("services") or SERVICES
    for service in services:
        if service not in SERVICES:
            raise section.fault("services", f"no service is called {service[:40]!r}", f"one of {', '.join(SERVICES)}")
    return Step(
        kind=kind,
        line=section.line,
        actor=section.texts("actor"),
        since=section.day("from"),
        until=section.day("until"),
        carriers=section.texts("carriers"),
        controlled_by=section.text("controlled_by"),
        control_rule=section.rule("control_rule"),
        services=services,
        scope=section.one_of("scope", ("direct", "indirect")) or "direct",
        rule=section.rule("rule"),
        owner=section.text("owner"),
        subject=section.text("subject"),
        seller=section.text("seller"),
        held=section.percent("share") if kind == "ownership" else None,
        service=section.one_of("service", _PROTECTED),
        share=None if kind == "ownership" else section.part("share"),
        vendors=section.texts("vendors"),
        note=section.text("note") or "",
        lines=section.lines,
    )
