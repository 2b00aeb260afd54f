"""What a run of `assess` finds: against one controller, or for everyone ranked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ipxray import atlas, declarations, exposure, report
from ipxray.cli.case import Case
from ipxray.cli.screen import note, progress
from ipxray.parameters import Parameters
from ipxray.tables import Table

__all__ = ["Result", "assess_one", "rank_everyone"]

_RANKED = 8
"""Controllers of a kind on the screen; the table `ranking` has all."""
_SENSITIVE = 1_500
"""Networks up to which every assumption is moved: each costs a measurement of all pairs, half a minute in all there."""
_SHOWN_RULES = ("majority_50", "wide")
"""Touch is counted under the run's own rule and these two: who is touched depends on what counts as control."""


class Result(NamedTuple):
    """The summary's lines, the headline of assessment.json, and the tables of its folder."""

    lines: list[str]
    headline: dict[str, Any]
    tables: list[Table]


def assess_one(case: Case, controlled_by: str, rule: str, traffic: exposure.Traffic | None, *, pairs: bool) -> Result:
    """Measure the exposure of everyone to one controller. Raises UsageError for a controller that nobody knows."""
    adversary = atlas.adversary(case.atlas, controlled_by, rule)
    assessment = exposure.measure(
        case.atlas, case.facts, adversary, parameters=case.parameters, traffic=traffic, pairs=pairs
    )
    dominance = exposure.dominance(case.atlas, case.facts, [adversary], parameters=case.parameters, traffic=traffic)

    def rebuild(parameters: Parameters) -> tuple[atlas.Atlas, atlas.Adversary]:
        built = atlas.build(case.corpus, case.facts, at=case.atlas.at, parameters=parameters)
        return built, atlas.adversary(built, controlled_by, rule)

    moved: tuple[exposure.Sensitivity, ...] = ()
    if len(case.atlas.operators) <= _SENSITIVE:
        with progress("what each assumption moves"):
            moved = exposure.sensitivity(rebuild, case.facts, parameters=case.parameters, traffic=traffic)
    else:
        note(f"more than {_SENSITIVE:,} networks: the table of what each assumption moves is left empty")
    head = report.headline(
        case.corpus,
        case.atlas,
        case.facts,
        assessment,
        reach=_reach_by_rule(case, controlled_by, rule),
        dominance=dominance,
        sensitivity=moved,
    )
    tables = [
        *_tables(case, assessment.exposure),
        Table("touch", exposure.Touch, assessment.touch),
        Table("dominance", exposure.Dominance, dominance),
        Table("sensitivity", exposure.Sensitivity, moved),
    ]
    return Result(list(report.summary_lines(head)), _headline(head, assessment), tables)


def rank_everyone(case: Case, rule: str, traffic: exposure.Traffic | None) -> Result:
    """Rank every controlling state and owner: who could see most of whom. The neutral view."""
    adversaries = [atlas.adversary(case.atlas, name, rule) for name in atlas.controllers(case.atlas, rule)]
    ranks = exposure.rank(case.atlas, case.facts, adversaries=adversaries, parameters=case.parameters, traffic=traffic)
    touching = {row.controller for row in ranks if row.operators_touched}
    rows: list[exposure.Exposure] = []
    coverage = unknown = 0.0
    with progress("measuring") as tell:
        for done, adversary in enumerate(adversaries):
            tell(done, len(adversaries), adversary.controller)
            if adversary.controller in touching:
                found = exposure.measure(case.atlas, case.facts, adversary, parameters=case.parameters, traffic=traffic)
                rows += [row for row in found.exposure if row.service == "all" and row.direction == "both"]
                coverage, unknown = found.world_coverage, found.unknown_traffic
    if not touching and adversaries:
        nobody = exposure.measure(case.atlas, case.facts, adversaries[0], parameters=case.parameters, traffic=traffic)
        coverage, unknown = nobody.world_coverage, nobody.unknown_traffic
    dominance = exposure.dominance(case.atlas, case.facts, adversaries, parameters=case.parameters, traffic=traffic)
    scope = report.scope_of(case.corpus, coverage)
    tables = [
        *_tables(case, rows),
        Table("ranking", exposure.Rank, ranks),
        Table("dominance", exposure.Dominance, dominance),
    ]
    headline = {"scope": scope._asdict(), "control_rule": rule, "ranking": [row._asdict() for row in ranks]}
    lines = _ranking(case, scope, ranks, rule)
    return Result([*lines, report.traffic_text(unknown)] if unknown else lines, headline, tables)


def _ranking(case: Case, scope: report.Scope, ranks: tuple[exposure.Rank, ...], rule: str) -> list[str]:
    """States first, then the owners between them and the carriers, each best placed first."""
    touching = [row for row in ranks if row.operators_touched]
    states = [row for row in touching if row.controller in case.facts.countries]
    owners = [row for row in touching if row.controller not in case.facts.countries]
    names = {code: f"{country.name} ({code})" for code, country in case.facts.countries.items()}
    names |= {entity.id: entity.name for entity in case.facts.entities.values()}
    lines = [report.scope_line(scope), f"Who could see most of whom ({rule}, as of {case.atlas.at}):"]
    for title, found in (("states", states), ("owners", owners)):
        lines += ["", *report.ranking_lines(title, found[:_RANKED], names)] if found else []
    lines += ["", f"{len(touching)} of {len(ranks)} controllers of known carriers touch a network here"]
    return lines


def _reach_by_rule(case: Case, controlled_by: str, rule: str) -> dict[str, exposure.Reach]:
    reach = {}
    for each in dict.fromkeys((rule, *_SHOWN_RULES)):
        adversary = atlas.adversary(case.atlas, controlled_by, each)
        reach[each] = exposure.reach_of(exposure.touch(case.atlas, adversary))
    return reach


def _tables(case: Case, rows: Iterable[exposure.Exposure]) -> list[Table]:
    return [
        Table("declarations", declarations.Declaration, case.corpus.declarations),
        Table("numbering", declarations.Numbering, case.corpus.numbering),
        Table("links", atlas.Link, case.atlas.links),
        Table("control", atlas.Control, case.atlas.control),
        Table("exposure", exposure.Exposure, tuple(rows)),
        Table("vendors", atlas.VendorShare, case.atlas.vendors),
        Table("unresolved", atlas.Unresolved, case.atlas.unresolved),
        Table("problems", declarations.Problem, case.corpus.problems),
        *report.reference_tables(case.facts, case.atlas),
    ]


def _headline(head: report.Headline, assessment: exposure.Assessment) -> dict[str, Any]:
    reach = {rule: found._asdict() for rule, found in head.reach.items()}
    return {
        "scope": head.scope._asdict(),
        "controlled_by": head.controller,
        "control_rule": head.rule,
        **reach[head.rule],
        "reach_by_rule": reach,
        "known_carriers": head.known_carriers,
        "controlled_carriers": head.controlled_carriers,
        "seated_carriers": head.seated_carriers,
        "most_exposed": [_subject(subject) for subject in head.most_exposed],
        "groups": [group._asdict() for group in head.groups],
        "carriers": [line._asdict() for line in head.carriers],
        "unknown": head.unknown._asdict(),
        "assumptions_that_move_most": [row._asdict() for row in head.movers],
        "networks_weighted_by_the_median": assessment.assumed_weights,
        "networks_without_any_roamer": assessment.unweighted,
        "networks_of_the_traffic_file_unknown_here": assessment.unknown_networks,
        "traffic_share_unknown_here": assessment.unknown_traffic,
    }


def _subject(subject: report.Subject) -> dict[str, Any]:
    return {**subject._asdict(), "levels": {name: level._asdict() for name, level in subject.levels.items()}}
