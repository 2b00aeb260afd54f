"""Through which figure an exposure assessment is looked at: whose control, which service, which threat."""

from __future__ import annotations

from typing import NamedTuple

from ipxray.dashboard.filters import Chosen
from ipxray.dashboard.page import Shown
from ipxray.dashboard.store import Store

__all__ = ["CLASSES", "Lens", "class_columns", "figures", "lens_of"]

CLASSES = {
    "credential": "credentials",
    "location": "location",
    "sms": "SMS",
    "user_traffic": "user traffic",
    "identity": "identity",
    "profile": "profile",
}


class Lens(NamedTuple):
    """The one figure shown: an empty controller when nothing was measured."""

    controller: str
    rule: str
    service: str
    threat: str


def lens_of(store: Store, chosen: Chosen) -> Lens:
    """What was chosen; else the assessment's own controller and rule; in the neutral view whoever ranks first."""
    controllers, rules = controllers_of(store), rules_of(store)
    return Lens(
        chosen.controller or (controllers[0] if controllers else ""),
        chosen.rule or (rules[0] if rules else ""),
        chosen.service or "all",
        chosen.threat or "read",
    )


def controllers_of(store: Store) -> list[str]:
    """Controllers that were measured, best placed first."""
    return store.remembered(
        "controllers",
        "select e.controller from (select distinct controller from exposure) e left join "
        "(select controller, max(operators_touched) as touched, max(credential) as seen from ranking group by 1) r "
        "using (controller) order by r.touched desc nulls last, r.seen desc nulls last, e.controller",
        ("exposure", "ranking"),
    )


def rules_of(store: Store) -> list[str]:
    """Control rules under which was measured."""
    return store.remembered("rules", "select distinct rule from exposure order by rule", ("exposure",))


def figures(kind: str, lens: Lens, *, perspective: str = "outbound") -> tuple[str, tuple[str, ...]]:
    """SQL of one row a subject of this kind, with each class's expected share and its bounds, and its values."""
    columns = ", ".join(
        f"max({level}) filter (data_class = '{name}') as {name}{suffix}"
        for name in CLASSES
        for level, suffix in (("expected", ""), ("low", "_low"), ("high", "_high"))
    )
    sql = (
        f"select subject, {columns}, max(grade) filter (threat = 'read') as grade from exposure "
        "where subject_kind = ? and counterpart = 'all' and direction = 'both' and perspective = ? "
        "and controller = ? and rule = ? and service = ? and threat = ? group by subject"
    )
    return sql, (kind, perspective, *lens)


def class_columns(chosen: Chosen) -> tuple[Shown, ...]:
    """The columns of the classes: all that most readers ask for, or the one that was chosen."""
    threat = chosen.threat or "read"
    names = [chosen.data_class] if chosen.data_class in CLASSES else list(CLASSES)[:4]
    return tuple(
        Shown(name, f"{threat} {CLASSES[name]}", "level", doc="expected share of messages [least, greatest], 0 to 1")
        for name in names
    )
