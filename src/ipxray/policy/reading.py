"""Read a scenario file that may hold anything: a Scenario, or one error with file, line and what to do."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ipxray.errors import InputError
from ipxray.parameters import Parameters
from ipxray.policy.consistency import contradiction
from ipxray.policy.places import Places
from ipxray.policy.scenario import KINDS, Scenario
from ipxray.policy.values import Section, step_of

__all__ = ["load_scenario"]

_MAXIMUM_BYTES = 1 << 20
"""The longest shipped scenario has 2 kB: a file a thousand times longer is none."""
_MAXIMUM_STEPS = 500
_HEAD = ("title", "question", "source", "actor", "controlled_by", "control_rule", "assume", "step")
_READ_EARLIER = ("primary_", "load_sharing_", "territory_", "stale_", "grade_")
"""How parameters begin that have done their work before a scenario begins."""
_AT_LINE = re.compile(r"\(at line (\d+)")


def load_scenario(path: Path | str) -> Scenario:
    """Read a scenario file (TOML, UTF-8): title, question, source, actor, controlled_by, [assume] and its [[step]]s.

    Raises InputError with the line for text that is no TOML, an unknown key or kind (with the nearest one), a value of
    the wrong form, dates in the wrong order, and steps that contradict each other.
    """
    path = Path(path)
    content = _content(path)
    try:
        text = content.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text", place=f"byte {error.start}", hint="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        place = f"line {found[1]}" if found else "last line"
        raise InputError(path, f"is no TOML ({str(error).partition(' (at')[0]})", place=place) from error
    except RecursionError as error:
        raise InputError(path, "is nested too deeply", hint="a scenario has a head and [[step]]s") from error
    return _scenario(path, values, Places(text), hashlib.sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise InputError(path, f"larger than {_MAXIMUM_BYTES >> 20} MB", hint="a scenario is a short TOML file")
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, "cannot be read", hint=error.strerror or "") from error


def _scenario(path: Path, values: Mapping[str, Any], places: Places, digest: str) -> Scenario:
    head = Section(path, values, places, "head")
    head.refuse_unknown(_HEAD, "a scenario")
    steps = values.get("step", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps) or not steps:
        raise InputError(path, "holds no step", hint=f'write [[step]] and kind = "…", one of {", ".join(KINDS)}')
    if len(steps) > _MAXIMUM_STEPS:
        raise InputError(path, f"{len(steps)} steps", hint=f"at most {_MAXIMUM_STEPS}")
    scenario = Scenario(
        name="".join(letter if letter.isprintable() else "?" for letter in path.stem),
        path=str(path),
        title=head.text("title") or path.stem.replace("-", " "),
        question=head.text("question") or "",
        source=head.texts("source") or (),
        steps=tuple(step_of(Section(path, step, places, place)) for place, step in enumerate(steps)),
        actor=head.texts("actor") or ("all",),
        controlled_by=head.text("controlled_by"),
        control_rule=head.rule("control_rule"),
        assume=_assumed(Section(path, _assume(head, values), places, "assume")),
        digest=digest,
        lines=head.lines,
    )
    for step in scenario.steps:
        if step.since and step.until and step.until <= step.since:
            problem = f"ends ({step.until}) before it begins ({step.since})"
            raise scenario.fault(step, problem, "put from before until", key="until")
    if found := contradiction(scenario):
        raise scenario.fault(*found)
    return scenario


def _assume(head: Section, values: Mapping[str, Any]) -> Mapping[str, Any]:
    found = values.get("assume", {})
    if not isinstance(found, dict):
        raise head.fault("assume", "assume is no table", "write [assume] and below it redundancy_floor = 2")
    return found


def _assumed(section: Section) -> tuple[tuple[str, float], ...]:
    """Check names and ranges against the parameters, so that a slip is told with its line."""
    known = {parameter.name: parameter for parameter in Parameters.default().described}
    for name in section.values:
        value = section.number(name)
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise section.fault(name, f"no parameter is called {name!r}", f"did you mean {near[0]}?" if near else "")
        if name.startswith(_READ_EARLIER):
            raise section.fault(name, f"{name} acts when documents are read", "give it with --set for the whole run")
        least, most = known[name].minimum, known[name].maximum
        if value is None or not least <= value <= most:
            raise section.fault(name, f"{name} is outside its range", f"{least:g} to {most:g}")
    return tuple((name, float(value)) for name, value in section.values.items())
