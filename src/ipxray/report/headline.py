"""What a reader must know first, as plain figures: the head of assessment.json and the source of the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ipxray.atlas import Atlas
from ipxray.declarations import Corpus
from ipxray.exposure import Assessment, Dominance, Exposure, Reach, Sensitivity, Touch
from ipxray.facts import Facts

__all__ = ["CarrierLine", "GroupReach", "Headline", "Level", "Scope", "Subject", "Unknown", "headline", "scope_of"]

CLASSES = ("credential", "location", "sms", "user_traffic")
_MOVERS = 3
_EXPOSED = 10


class Level(NamedTuple):
    """One figure with its bounds: expected within [low, high], shares from 0 to 1."""

    expected: float
    low: float
    high: float


class Scope(NamedTuple):
    """What was read: counts, the span of the documents' dates, the share of the world's subscriptions it covers."""

    documents: int
    networks: int
    countries: int
    declared_from: date | None
    declared_to: date | None
    world_coverage: float


class Subject(NamedTuple):
    """One operator, most exposed first. `inject`: no, possible, expected, or confirmed by a second register."""

    tadig: str
    country: str | None
    organisation: str
    levels: Mapping[str, Level]
    inject: str
    grade: str


class GroupReach(NamedTuple):
    """A group of countries: how many of its networks here are touched."""

    group: str
    networks: int
    touched: int


class CarrierLine(NamedTuple):
    """One carrier that matters: share of all messages, operators, operators with no other, whether it is controlled."""

    carrier: str
    share: float
    operators: int
    exclusive: int
    controlled: str
    seat: str | None


class Unknown(NamedTuple):
    """What is not known: texts by reason, pending links, networks by unknown kind, width of the doubt by cause.

    `widest_subject` is the operator for which the widest cause is widest; `unknown_traffic` the share of given
    roamer-days that concerns networks not read here.
    """

    unresolved: Mapping[str, int]
    own_gateways: tuple[str, ...]
    pending: int
    ignorance: Mapping[str, float]
    widest_subject: str | None
    assumed_weights: int
    unweighted: int
    unknown_traffic: float = 0.0


@dataclass(frozen=True, slots=True)
class Headline:
    """Everything that the summary prints about one controller, in its order."""

    scope: Scope
    at: date
    controller: str
    rule: str
    known_carriers: int
    controlled_carriers: int
    seated_carriers: int | None
    """Carriers whose seat falls under the controller, whatever their owners; null when it is no state."""
    reach: Mapping[str, Reach]
    most_exposed: tuple[Subject, ...]
    groups: tuple[GroupReach, ...]
    carriers: tuple[CarrierLine, ...]
    unknown: Unknown
    movers: tuple[Sensitivity, ...]


def scope_of(corpus: Corpus, world_coverage: float) -> Scope:
    """Count what was read."""
    dates = [network.document_created for network in corpus.networks if network.document_created]
    countries = {network.country for network in corpus.networks if network.country}
    return Scope(
        documents=len({network.document_sha256 for network in corpus.networks}),
        networks=len(corpus.networks),
        countries=len(countries),
        declared_from=min(dates, default=None),
        declared_to=max(dates, default=None),
        world_coverage=world_coverage,
    )


def headline(
    corpus: Corpus,
    atlas: Atlas,
    facts: Facts,
    assessment: Assessment,
    *,
    reach: Mapping[str, Reach],
    dominance: Sequence[Dominance],
    sensitivity: Sequence[Sensitivity],
) -> Headline:
    """Draw the head of an assessment out of its tables; `reach` holds the count of touch under each rule shown."""
    members = assessment.adversary.members
    return Headline(
        scope=scope_of(corpus, assessment.world_coverage),
        at=atlas.at,
        controller=assessment.adversary.controller,
        rule=assessment.adversary.rule,
        known_carriers=len(facts.carriers),
        controlled_carriers=sum(members[node].point > 0 for node in members if node in facts.carriers),
        seated_carriers=_seated(atlas, facts, assessment.adversary.controller),
        reach=reach,
        most_exposed=_most_exposed(atlas, assessment),
        groups=_groups(facts, assessment, atlas.at),
        carriers=_carriers(facts, assessment, dominance),
        unknown=_unknown(atlas, assessment),
        movers=_movers(sensitivity),
    )


def _seated(atlas: Atlas, facts: Facts, controller: str) -> int | None:
    if controller not in facts.countries:
        return None
    return len({row.carrier_id for row in atlas.control if row.controller == controller and row.rule == "seat"})


def _most_exposed(atlas: Atlas, assessment: Assessment) -> tuple[Subject, ...]:
    rows: dict[str, dict[tuple[str, str], Exposure]] = {}
    for row in _overall(assessment.exposure, "operator"):
        rows.setdefault(row.subject, {})[row.data_class, row.threat] = row
    touched = {row.tadig: row for row in assessment.touch}
    confirmed = {
        link.tadig
        for link in atlas.links
        if link.confirmed_by and not link.pending and _certain(assessment, link.carrier_id)
    }
    subjects = [
        Subject(
            tadig=operator.tadig,
            country=operator.country,
            organisation=operator.organisation,
            levels={name: level(found[name, "read"]) for name in CLASSES if (name, "read") in found},
            inject=_inject(touched[operator.tadig], operator.tadig in confirmed),
            grade=max((row.grade for (_, threat), row in found.items() if threat == "read"), default="D"),
        )
        for operator in atlas.operators
        if (found := rows.get(operator.tadig, {}))
    ]
    subjects.sort(key=lambda one: (-max((each.expected for each in one.levels.values()), default=0.0), one.tadig))
    return tuple(subjects[:_EXPOSED])


def _overall(rows: Iterable[Exposure], kind: str) -> Iterable[Exposure]:
    """All services and both directions together, for the subject's own subscribers abroad."""
    for row in rows:
        whole = row.service == "all" and row.direction == "both" and row.perspective == "outbound"
        if whole and row.subject_kind == kind and row.counterpart == "all":
            yield row


def level(row: Exposure) -> Level:
    """The figure of a row with its bounds."""
    return Level(row.expected, row.low, row.high)


def _inject(touched: Touch, confirmed: bool) -> str:
    """Whether the controller has a trusted link into this network; roles do not matter, a backup link is up too."""
    if confirmed:
        return "confirmed"
    return "expected" if touched.touched else "possible" if touched.touched_high else "no"


def _certain(assessment: Assessment, carrier_id: str | None) -> bool:
    member = assessment.adversary.members.get(carrier_id or "")
    return member is not None and member.low > 0


def _groups(facts: Facts, assessment: Assessment, at: date) -> tuple[GroupReach, ...]:
    found = []
    for group in facts.groups.values():
        members = {
            member.country
            for member in group.members
            if (member.since is None or member.since <= at) and (member.until is None or at < member.until)
        }
        rows = [row for row in assessment.touch if row.country in members]
        if rows:
            found.append(GroupReach(group.id, len(rows), sum(row.touched for row in rows)))
    return tuple(sorted(found, key=lambda group: (-group.touched, -group.networks, group.group)))


def _carriers(facts: Facts, assessment: Assessment, dominance: Sequence[Dominance]) -> tuple[CarrierLine, ...]:
    members = assessment.adversary.members
    lines = []
    for row in dominance:
        if row.kind == "carrier" and row.service == "all":
            member = members.get(row.id)
            controlled = "no" if member is None else _controlled(member.low, member.point)
            carrier = facts.carriers.get(row.id)
            seat = carrier.seat if carrier else None
            lines.append(CarrierLine(row.id, row.share, row.cone, row.exclusive_cone, controlled, seat))
    leading = lines[:5]
    return tuple(leading + [line for line in lines[5:] if line.controlled in ("yes", "likely")][:5])


def _controlled(low: float, point: float) -> str:
    return "yes" if low > 0 else "likely" if point > 0 else "possible"


def _unknown(atlas: Atlas, assessment: Assessment) -> Unknown:
    rows = [row for row in _overall(assessment.exposure, "operator") if row.threat == "read"]
    causes = ("routing", "missing", "control", "name")
    mean = {cause: _mean([float(getattr(row, f"ignorance_{cause}")) for row in rows]) for cause in causes}
    cause = max(causes, key=mean.__getitem__)
    widest = max(rows, key=lambda row: float(getattr(row, f"ignorance_{cause}")), default=None)
    texts = {(row.carrier_text, row.reason) for row in atlas.unresolved}
    return Unknown(
        unresolved=dict(sorted(Counter(reason for _, reason in texts).items())),
        own_gateways=tuple(f"{row.tadig} {row.service}" for row in atlas.unresolved if row.reason == "own_gateway"),
        pending=sum(link.pending for link in atlas.links),
        ignorance=mean,
        widest_subject=widest.subject if widest else None,
        assumed_weights=len(assessment.assumed_weights),
        unweighted=len(assessment.unweighted),
        unknown_traffic=assessment.unknown_traffic,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _movers(sensitivity: Sequence[Sensitivity]) -> tuple[Sensitivity, ...]:
    """The assumptions that move the expected share of credentials read most, largest first."""
    rows = [row for row in sensitivity if (row.data_class, row.threat, row.level) == ("credential", "read", "expected")]
    rows = [row for row in rows if row.swing > 0]
    return tuple(sorted(rows, key=lambda row: (-row.swing, row.parameter))[:_MOVERS])
