"""The adversary set of one controller: which nodes are its own, for certain, as expected, and possibly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from ipxray.atlas.model import CONTROL_RULES, Adversary, Atlas, Control, Membership
from ipxray.errors import UsageError
from ipxray.facts import Facts, normalise_name

__all__ = ["adversary", "controller_names", "controllers"]

WIDE = "wide"
_RULES: tuple[str, ...] = (*CONTROL_RULES, WIDE)
_INSIDE, _OUTSIDE, _PERHAPS = Membership(1.0, 1.0, 1.0), Membership(0.0, 0.0, 0.0), Membership(0.0, 0.0, 1.0)
_SUGGESTIONS = 5


def adversary(atlas: Atlas, controller: str, rule: str) -> Adversary:
    """Return the set of nodes that a controller holds under one of CONTROL_RULES, or under any of them (wide).

    The controller is an ISO code (alpha-2 or alpha-3), an entity id, a carrier id, or the name of one of them, in any
    case; a state without a carrier is a valid one. An entity's set holds what it controls, and itself where it is a
    carrier. Nodes that are certainly outside are left out. Raises UsageError for an unknown controller or rule.
    """
    _check_rule(rule)
    found = _controller(atlas, controller)
    members: dict[str, Membership] = {}
    for row in _rows(atlas.control_by_controller.get(found, ()), rule):
        low, point, high = members.get(row.carrier_id, _OUTSIDE)
        members[row.carrier_id] = Membership(max(low, row.low), max(point, row.point), max(high, row.high))
    members |= dict.fromkeys(_carriers_that_are(atlas, found), _INSIDE)
    members |= {
        node: membership
        for node, candidates in atlas.open_nodes.items()
        if (membership := _open_membership(candidates, members)).high
    }
    return Adversary(found, rule, members)


def controllers(atlas: Atlas, rule: str) -> tuple[str, ...]:
    """Return every controller under a rule (or wide), most carriers first.

    Carriers expected to be controlled count first, then those possibly, then the id decides. Raises UsageError for an
    unknown rule.
    """
    _check_rule(rule)
    counts: dict[str, tuple[set[str], set[str]]] = {}
    for row in _rows(atlas.control, rule):
        expected, possible = counts.setdefault(row.controller, (set(), set()))
        possible.add(row.carrier_id)
        if row.point:
            expected.add(row.carrier_id)
    ranked = sorted(counts.items(), key=lambda item: (-len(item[1][0]), -len(item[1][1]), item[0]))
    return tuple(controller for controller, _ in ranked)


def controller_names(facts: Facts, states: Iterable[str]) -> Mapping[str, str]:
    """Return every way to write a controller, in lower case, with its id in the rows of control.

    Where one text could be two, a state goes before an entity, an entity before a carrier, an id before a plain name. A
    plain name that several bear stands there once for each, with the id behind it: it leads to none of them.
    """
    names = _plain_names(facts)
    names |= {carrier.id: carrier.entity for carrier in facts.carriers.values()}
    names |= {entity: entity for entity in facts.entities}
    for code in states:
        names |= {code: code, f"state-{code}": code}
        if country := facts.countries.get(code):
            names |= {country.iso3: code, country.name: code}
    return {name.casefold(): controller for name, controller in names.items() if name}


def _plain_names(facts: Facts) -> dict[str, str]:
    named: dict[str, set[str]] = {}
    for entity in facts.entities.values():
        named.setdefault(normalise_name(entity.name), set()).add(entity.id)
    for carrier in facts.carriers.values():
        name = normalise_name(carrier.name)
        if name not in named or carrier.entity not in facts.entities:
            named.setdefault(name, set()).add(carrier.entity)
    return {
        name if len(found) == 1 else f"{name} ({one})": one for name, found in named.items() if name for one in found
    }


def _check_rule(rule: str) -> None:
    if rule not in _RULES:
        raise UsageError(f"no control rule is called {rule!r}", hint=f"one of {', '.join(_RULES)}")


def _rows(rows: Iterable[Control], rule: str) -> Iterable[Control]:
    return rows if rule == WIDE else (row for row in rows if row.rule == rule)


def _controller(atlas: Atlas, text: str) -> str:
    if text in atlas.control_by_controller:
        return text
    wanted = text.strip().casefold()
    names = {carrier.casefold(): entity for carrier, entity in atlas.carrier_entities.items()}
    names |= {row.casefold(): row for row in atlas.control_by_controller} | dict(atlas.controller_names)
    for name in (wanted, normalise_name(text)):
        if name in names:
            return names[name]
    near = _alike(normalise_name(text), names) or get_close_matches(wanted, sorted(names), n=_SUGGESTIONS)
    hint = (
        f"did you mean {', '.join(near)}?"
        if near
        else "give a country by code or name, or an owner or carrier by id or name"
    )
    raise UsageError(f"nobody called {text!r} is known to the facts", hint=hint)


def _alike(name: str, names: Mapping[str, str]) -> list[str]:
    """The ids of controllers whose name holds all these words, as a state's code or an entity's id."""
    words = set(name.split())
    found = {names[text] for text in names if words and words <= set(text.replace("(", " ").replace("-", " ").split())}
    return sorted(found)[:_SUGGESTIONS]


def _carriers_that_are(atlas: Atlas, entity: str) -> tuple[str, ...]:
    return tuple(sorted(carrier for carrier, node in atlas.carrier_entities.items() if node == entity))


def _open_membership(candidates: tuple[str, ...], members: Mapping[str, Membership]) -> Membership:
    """Ambiguous: in for certain when all candidates are, possibly when any is. Unknown: possibly in."""
    if not candidates:
        return _PERHAPS
    found = [members.get(candidate, _OUTSIDE) for candidate in candidates]
    return Membership(
        low=min(each.low for each in found),
        point=min(each.point for each in found),
        high=max(each.high for each in found),
    )
