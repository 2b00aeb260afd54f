"""One screen that a manager understands: the answer first, doubt beside it, the next step last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ipxray.exposure import Rank, Sensitivity
from ipxray.report.headline import CLASSES, Headline, Level, Scope

__all__ = ["aligned", "level_text", "ranking_lines", "scope_line", "share_text", "summary_lines", "traffic_text"]

_TITLES = {
    "credential": "read credentials",
    "location": "read location",
    "sms": "read SMS",
    "user_traffic": "read user traffic",
}
_INJECT = {"confirmed": "yes, confirmed", "expected": "yes", "possible": "possible", "no": "no"}
_REASONS = {
    "unknown_name": "of no known carrier",
    "ambiguous_name": "of several carriers",
    "generic_name": "that says nobody",
}
_CAUSES = {
    "routing": "shares and roles that IR.21 does not give",
    "missing": "services without a usable declaration",
    "control": "shares of ownership known as intervals only",
    "name": "names that are ambiguous or unknown",
}
_GRADES = "grade: how far to trust a figure, from A (declared lately, narrow, confirmed) to D (mostly doubt)"
_SHOWN = 3


def summary_lines(headline: Headline) -> Iterator[str]:
    """The summary against one controller, line by line, without colour."""
    yield scope_line(headline.scope)
    verb = "is" if headline.controlled_carriers == 1 else "are"
    yield (
        f"{headline.controlled_carriers} of {headline.known_carriers} known carriers {verb} controlled by "
        f"{headline.controller} ({headline.rule}, as of {headline.at}){_seats(headline)}"
    )
    yield ""
    yield from _touch_lines(headline)
    yield ""
    yield from _exposed_lines(headline)
    yield ""
    if headline.carriers:
        yield from _carrier_lines(headline)
        yield ""
    yield from _unknown_lines(headline)


def _seats(headline: Headline) -> str:
    """Control by owners and a seat under a state's law are two grounds: a reader must not take one for the other."""
    return "" if headline.seated_carriers is None else f"; {headline.seated_carriers} have their seat there"


def scope_line(scope: Scope) -> str:
    """What was read, on one line."""
    parts = [_count(scope.documents, "document"), _count(scope.networks, "network")]
    parts.append(_countries(scope.countries))
    if scope.declared_from and scope.declared_to:
        first, last = scope.declared_from.isoformat()[:7], scope.declared_to.isoformat()[:7]
        parts.append(f"declared {first}" if first == last else f"declared {first} to {last}")
    parts.append(f"{scope.world_coverage * 100:.0f} % of the world's subscriptions are in these countries")
    return " · ".join(parts)


def level_text(level: Level | None) -> str:
    """A figure with its bounds, `.31 [.12, .55]`; a dash where the class has no message."""
    if level is None:
        return "-"
    return f"{share_text(level.expected)} [{share_text(level.low)}, {share_text(level.high)}]"


def ranking_lines(title: str, ranks: Sequence[Rank], names: Mapping[str, str]) -> Iterator[str]:
    """The neutral view of one kind of controller: who could see most of whom."""
    header = (title, "carriers", "operators", "countries", *(_TITLES[name] for name in CLASSES))
    rows = [
        (
            names.get(rank.controller, rank.controller),
            str(rank.carriers),
            str(rank.operators_touched),
            str(rank.countries_touched),
            *(level_text(_rank_level(rank, name)) for name in CLASSES),
        )
        for rank in ranks
    ]
    yield from aligned(header, rows, right=(1, 2, 3))


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """Columns two blanks apart, as wide as their widest cell; `right` names the columns that end together."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    for row in table:
        cells = [
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _touch_lines(headline: Headline) -> Iterator[str]:
    reach = headline.reach[headline.rule]
    yield (
        f"Touched: {reach.operators_touched} of {reach.operators} operators, "
        f"{reach.countries_touched} of {reach.countries} countries declare at least one of these carriers"
        f" (at least {reach.operators_touched_low}, at most {reach.operators_touched_high})."
    )
    others = [
        f"{rule} {_count(found.operators_touched, 'operator')} in {_countries(found.countries_touched)}"
        for rule, found in headline.reach.items()
        if rule != headline.rule
    ]
    if others:
        yield f"Under another rule: {'; '.join(others)}."
    if headline.groups:
        shown = [f"{group.group} {group.touched} of {group.networks}" for group in headline.groups[:6]]
        yield f"Groups (they overlap), networks touched: {'; '.join(shown)}."


def _exposed_lines(headline: Headline) -> Iterator[str]:
    if not headline.most_exposed:
        yield (
            "No pair of networks carries weight: exposure needs two networks in different countries, a service whose "
            "weight is not 0, or --traffic that names networks read here."
        )
        return
    header = ("most exposed", "", *(_TITLES[name] for name in CLASSES), "inject", "grade")
    rows = [
        (
            subject.tadig,
            subject.country or "?",
            *(level_text(subject.levels.get(name)) for name in CLASSES),
            _INJECT[subject.inject],
            subject.grade,
        )
        for subject in headline.most_exposed
    ]
    yield from aligned(header, rows)
    yield _GRADES


def _carrier_lines(headline: Headline) -> Iterator[str]:
    header = ("carriers that matter", "share", "operators", "only carrier of", f"{headline.controller}'s", "seat")
    rows = [
        (
            line.carrier,
            share_text(line.share),
            str(line.operators),
            str(line.exclusive),
            line.controlled,
            line.seat or "?",
        )
        for line in headline.carriers
    ]
    yield from aligned(header, rows, right=(1, 2, 3))


def _unknown_lines(headline: Headline) -> Iterator[str]:
    unknown = headline.unknown
    parts = [f"{_count(unknown.unresolved.get(reason, 0), 'name')} {words}" for reason, words in _REASONS.items()]
    parts = [part for part in parts if not part.startswith("0 ")]
    if unknown.own_gateways:
        named = ", ".join(unknown.own_gateways[:_SHOWN]) + (" …" if len(unknown.own_gateways) > _SHOWN else "")
        parts.append(f"{_count(len(unknown.own_gateways), 'gateway')} whose carrier is undeclared ({named})")
    if unknown.pending:
        parts.append(f"{_count(unknown.pending, 'link')} not yet in force")
    if unknown.assumed_weights:
        parts.append(f"{_count(unknown.assumed_weights, 'network')} weighted by the median")
    if unknown.unweighted:
        parts.append(f"{_count(unknown.unweighted, 'network')} without any roamer")
    if unknown.unknown_traffic:
        parts.append(traffic_text(unknown.unknown_traffic))
    yield f"not known: {' · '.join(parts) if parts else 'nothing that was declared'}"
    cause = max(unknown.ignorance, key=lambda name: unknown.ignorance[name], default=None)
    if cause and unknown.ignorance[cause] > 0:
        place = f", widest for {unknown.widest_subject}" if unknown.widest_subject else ""
        yield f"widest doubt: {cause} ({share_text(unknown.ignorance[cause])}): {_CAUSES[cause]}{place}"
    if headline.movers:
        moved = ", ".join(f"{row.parameter} ({_span(row)})" for row in headline.movers)
        yield f"assumptions that move credentials most, over their whole range: {moved}"


def traffic_text(share: float) -> str:
    """How much of the roamer-days given with `--traffic` could not be counted."""
    return f"{share_text(share)} of the given roamer-days concern networks that were not read"


def _span(row: Sensitivity) -> str:
    figures = (row.at_minimum, row.at_maximum, row.figure)
    return f"{share_text(min(figures))} to {share_text(max(figures))}"


def _rank_level(rank: Rank, name: str) -> Level | None:
    expected = getattr(rank, name)
    return None if expected is None else Level(expected, getattr(rank, f"{name}_low"), getattr(rank, f"{name}_high"))


def share_text(value: float) -> str:
    """Two digits after the point, none before it: `.31`. Only a true zero prints as 0, only a true one as 1."""
    if value <= 0:
        return "0"
    if value >= 1:
        return "1"
    text = f"{value:.2f}"
    if text == "0.00":
        return "<.01"
    return ">.99" if text == "1.00" else text[1:]


def _countries(number: int) -> str:
    return f"{number} {'country' if number == 1 else 'countries'}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
