"""The answer in plain words: a sentence each for what falls, what stays, what breaks, what moves and what it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ipxray.policy.parties import NOBODY
from ipxray.policy.reach import CERTAINTIES, LostReach
from ipxray.policy.rows import (
    ScenarioBreach,
    ScenarioChange,
    ScenarioDependence,
    ScenarioRow,
    ScenarioSummary,
    ScenarioVendor,
)
from ipxray.policy.stage import Found

__all__ = ["Told", "scenario_row", "share_text", "summary_words"]

_ACTED = ("refuse", "allow", "move_backups", "encrypt", "home_route_sms", "break_out", "refuse_vendor")
"""Kinds of steps that somebody must carry out."""
_MEANT = {
    "refuse": "Refused",
    "allow": "Allowed again",
    "move_backups": "Backups moved away from",
    "carrier_lost": "Serves nobody any more",
    "ownership": "Changes hands",
}
_NAMES_SHOWN = 6
_TITLES = {"credential": "credentials", "location": "locations", "sms": "text messages", "user_traffic": "user traffic"}
_TITLES_MEASURED = {**_TITLES, "identity": "identities"}
_SMALL = 0.005
_ACTIONS = {
    "remove": ("link dropped", "links dropped"),
    "add": ("provider added", "providers added"),
    "encrypt": ("network encrypts", "networks encrypt"),
    "home_route_sms": ("network answers for texts itself", "networks answer for texts themselves"),
    "break_out": ("network breaks out locally", "networks break out locally"),
    "replace_vendor": ("node class re-equipped", "node classes re-equipped"),
}


def share_text(value: float) -> str:
    """Two digits after the point, none before it: .31; only a true zero prints as 0, only a true one as 1."""
    if value <= 0.0:
        return "0"
    if value >= 1.0:
        return "1"
    text = f"{value:.2f}"
    return "<.01" if text == "0.00" else ">.99" if text == "1.00" else text[1:]


def scenario_row(found: Found, words: Sequence[str]) -> ScenarioRow:
    """The row of the table scenarios."""
    stage = found.stage
    operators = found.ground.atlas.operators
    return ScenarioRow(
        scenario=stage.scenario.name,
        title=stage.scenario.title,
        question=stage.scenario.question,
        source=stage.scenario.source,
        file_sha256=stage.scenario.digest,
        actor=", ".join(stage.scenario.actor),
        actor_networks=tuple(one.tadig for one, acts in zip(operators, stage.actor, strict=True) if acts),
        controller=stage.adversary.controller,
        rule=stage.rule,
        rule_after=found.after.state.effects.control.rule,
        steps=len(stage.scenario.steps),
        at=found.ground.atlas.at,
        in_force=stage.day,
        runs=len(found.after.spread.expected),
        seed=stage.seed,
        summary=tuple(words),
    )


class Told(NamedTuple):
    """The tables that the sentences are drawn from."""

    changes: Sequence[ScenarioChange]
    lost: LostReach
    carriers: Sequence[ScenarioDependence]
    measures: Sequence[ScenarioSummary]
    breached: Sequence[ScenarioBreach]
    vendors: Sequence[ScenarioVendor]

    def measure(self, subject: str, name: str) -> ScenarioSummary | None:
        """The row of one measure."""
        return next((row for row in self.measures if (row.subject, row.measure) == (subject, name)), None)


def summary_words(found: Found, told: Told) -> tuple[str, ...]:
    """Sentences in the order in which a reader asks; what does not occur is left out."""
    return (
        *_what(found),
        *_acting(found, told.changes),
        *_exposure(found, told),
        *_injection(found, told),
        *_breach(told.breached),
        *_alone(found, told),
        *_vendors(told.vendors),
        *_reach(found, told.lost),
        *_carriers(told),
        *_moved(told.carriers),
    )


def _what(found: Found) -> Iterator[str]:
    """Whom the words `largest` and `controlled by` came to mean here."""
    control = found.after.state.effects.control
    told: dict[str, None] = {}
    for step in found.stage.scenario.steps:
        if step.in_force(found.stage.day) and step.kind in _MEANT:
            names = found.stage.steps.meant(step, control)
            shown = ", ".join(names[:_NAMES_SHOWN]) or "nobody, since no network here declares such a carrier"
            more = f" and {len(names) - _NAMES_SHOWN} more" if names[_NAMES_SHOWN:] else ""
            word = "Refused, also at a partner's end" if step.scope == "indirect" else _MEANT[step.kind]
            told[f"{word}: {shown}{more}."] = None
    yield from told


def _acting(found: Found, changes: Sequence[ScenarioChange]) -> Iterator[str]:
    if not found.stage.actor.any():
        here = sorted({one.country for one in found.ground.atlas.operators if one.country})
        shown = ", ".join(here[:8]) + (" …" if len(here) > 8 else "")
        actor = ", ".join(found.stage.scenario.actor)
        yield f"No network of {actor} is read here: --actor names another (here: {shown})."
    counted = Counter(row.action for row in changes if row.counts)
    if counted:
        acting = len({row.tadig for row in changes if row.counts})
        what = ", ".join(_count(counted[name], *_ACTIONS[name]) for name in _ACTIONS if counted[name])
        yield f"{_count(acting, 'network')} must act: {what}."
    elif any(step.kind in _ACTED for step in found.stage.scenario.steps):
        yield "Nobody must change anything."


def _exposure(found: Found, told: Told) -> Iterator[str]:
    subject = "actor" if found.stage.actor.any() else "everyone"
    whose = "its subscribers abroad" if subject == "actor" else "everyone's subscribers abroad"
    readers = [] if found.stage.adversary.controller == NOBODY else [found.stage.adversary.controller]
    readers += ["the breached network"] if found.after.state.effects.breached.any() else []
    if not readers:
        return
    moved: list[str] = []
    kept: list[str] = []
    for data_class, title in _TITLES_MEASURED.items():
        row = told.measure(subject, f"read_{data_class}")
        if row is not None and (data_class in _TITLES or abs(row.after - row.before) >= _SMALL):
            bounds = f"[{share_text(row.after_low or 0.0)}, {share_text(row.after_high or 0.0)}]"
            if abs(row.after - row.before) >= _SMALL:
                moved.append(f"{title} {share_text(row.before)} → {share_text(row.after)} {bounds}")
            else:
                kept.append(f"{title} {share_text(row.after)} {bounds}")
    who = f"What {' and '.join(readers)} could read of {whose}"
    if moved:
        yield f"{who}: {', '.join(moved)}."
    if kept:
        yield f"{'Unchanged' if moved else f'{who} does not change'}: {', '.join(kept)}."


def _injection(found: Found, told: Told) -> Iterator[str]:
    subject = "actor" if found.stage.actor.any() else "everyone"
    rows = [(title, told.measure(subject, f"inject_{name}")) for name, title in _TITLES.items()]
    moved = [
        f"{title} {share_text(row.before)} → {share_text(row.after)}"
        for title, row in rows
        if row is not None and abs(row.after - row.before) >= _SMALL
    ]
    if moved:
        yield f"What could be obtained or replaced by forged messages: {', '.join(moved)}."


def _breach(rows: Sequence[ScenarioBreach]) -> Iterator[str]:
    if not rows:
        return
    names = ", ".join(sorted({row.breached for row in rows}))
    roles = {role: [row for row in rows if row.role == role] for role in ("visited", "transit", "trusted")}
    parts = ["everything of its own subscribers abroad"]
    if guests := roles["visited"]:
        top = max(guests, key=lambda row: (row.expected, row.subject))
        most = f"most: {top.subject}, {share_text(top.expected)} of its roamers"
        parts.append(f"of guests from {_count(len(guests), 'network')} while they are there ({most})")
    if roles["transit"]:
        parts.append(f"what it carries for {_count(len(roles['transit']), 'network')}")
    yield f"In {names} an adversary reads {', '.join(parts)}."
    if roles["trusted"]:
        partners = _count(len(roles["trusted"]), "partner")
        yield f"{partners} would take forged messages from it unless a firewall stops them."


def _alone(found: Found, told: Told) -> Iterator[str]:
    if found.stage.actor.all():
        return
    stays = [(title, told.measure("actor", f"stays_{name}")) for name, title in _TITLES.items()]
    shown = [
        f"{title} {share_text(row.after)} of {share_text(row.before)}"
        for title, row in stays
        if row is not None and row.before > 0.0
    ]
    if shown:
        yield f"If the actor alone refused every such carrier, its partners' would still leave: {', '.join(shown)}."
    elif found.alone is not None:
        yield "None of its subscribers' messages is expected to cross these carriers today."


def _vendors(rows: Sequence[ScenarioVendor]) -> Iterator[str]:
    if rows:
        nodes, networks = sum(row.nodes for row in rows), len({row.tadig for row in rows})
        new = sum(not row.other_vendors for row in rows)
        where = f"{_count(nodes, 'node')} in {_count(networks, 'network')} must be replaced"
        yield f"{where}; in {new} of {_count(len(rows), 'node class', 'node classes')} no other vendor stands yet."


def _reach(found: Found, lost: LostReach) -> Iterator[str]:
    effects = found.after.state.effects
    if not effects.avoidances and not any(mask.any() for mask in effects.refused.values()):
        return
    certain, expected, possible = (lost.share[name] for name in CERTAINTIES)
    if possible <= 0.0:
        yield "Reach lost: none; every partner keeps a carrier that is accepted."
        return
    stranded = sorted({row.tadig for row in lost.rows if row.reason == "no_carrier_left"})
    partners = {row.partner for row in lost.rows if row.certainty != "possible"} - set(stranded)
    if expected <= 0.0:
        yield f"Reach lost: none expected, at most {share_text(possible)} where a partner's carriers are not known."
        return
    figures = f"{share_text(expected)} [{share_text(certain)}, {share_text(possible)}]"
    if stranded:
        names = ", ".join(stranded[:_NAMES_SHOWN]) + (" …" if stranded[_NAMES_SHOWN:] else "")
        yield f"Reach lost: {figures} of roamers and guests, no longer sent and so not exposed; cut off: {names}."
    else:
        number = _count(len(partners), "partner")
        yield f"Reach lost: {figures} of its roamers and guests; {number} on at least one service."


def _carriers(told: Told) -> Iterator[str]:
    one, none = told.measure("everyone", "one_carrier"), told.measure("everyone", "no_carrier")
    if one is not None and one.before != one.after:
        runs = "" if one.q05 is None or one.q05 == one.q95 else f" ({one.q05:.0f} to {one.q95:.0f} over the runs)"
        yield f"Services with one carrier only: {one.before:.0f} → {one.after:.0f}{runs}."
    if none is not None and none.after:
        yield f"Services left without any carrier: {none.after:.0f}."


def _moved(carriers: Sequence[ScenarioDependence]) -> Iterator[str]:
    before = [row for row in carriers if row.state == "before" and row.service == "all"]
    after = [row for row in carriers if row.state == "after" and row.service == "all"]
    if not before or not after:
        return
    shares = {row.carrier: row.share for row in before}
    top = max(after, key=lambda row: (row.share - shares.get(row.carrier, 0.0), row.carrier))
    was = shares.get(top.carrier, 0.0)
    index = f"concentration {before[0].concentration:.3f} → {after[0].concentration:.3f}"
    if before[0].carrier != after[0].carrier:
        yield f"The carrier that most messages cross becomes {_whose(after[0])}, was {_whose(before[0])}; {index}."
    if top.share - was >= _SMALL:
        gain = f"{share_text(was)} → {share_text(top.share)} of messages"
        yield f"{_whose(top)} gains most: {gain}{'' if before[0].carrier != after[0].carrier else '; ' + index}."


def _whose(row: ScenarioDependence) -> str:
    return f"{row.carrier} ({'of ' + ', '.join(row.controllers) if row.controllers else 'of no state'})"


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
