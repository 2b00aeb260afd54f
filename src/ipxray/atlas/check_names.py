"""Differences between a declared carrier and what names, point codes, AS numbers and host names say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipxray.atlas.mentions import Mention, Resolver
from ipxray.declarations import Declaration, Problem
from ipxray.facts import Facts

__all__ = ["name_problems"]


def name_problems(
    mentions: Iterable[Mention], resolver: Resolver, paths: Mapping[str, str], facts: Facts
) -> Iterator[Problem]:
    """Yield the problems of each declared name, in order; `paths` gives the document of each network."""
    mentions = tuple(mentions)
    hosting = {(each.tadig, each.service) for each in mentions if each.hosted}
    declared = {
        (each.tadig, each.service, each.node)
        for each in mentions
        if not each.hosted and (each.tadig, each.service) in hosting
    }
    listed = bool(facts.signalling_points)
    for mention in mentions:
        path = paths.get(mention.tadig, mention.rows[0].document_sha256)
        if mention.hosted:
            if mention.candidates and (mention.tadig, mention.service, mention.node) not in declared:
                yield _undeclared_host(mention, path)
            continue
        if mention.reason == "ambiguous_name":
            yield _ambiguous(mention, path)
        elif mention.reason in ("unknown_name", "generic_name"):
            yield _unknown(mention, path, resolver)
        for row in mention.rows:
            if row.point_code and listed:
                yield from _point_code(mention, row, row.point_code, path, resolver)
            if row.asn is not None and mention.candidates:
                yield from _asn(mention, row, row.asn, path, resolver)


def _undeclared_host(mention: Mention, path: str) -> Problem:
    row, carriers = mention.rows[0], _either(mention.candidates)
    message = (
        f"edge agent {row.carrier_name} stands under a domain of {carriers}, which is not declared for {row.service}"
    )
    return _problem(row, path, "undeclared-host", message, "ask whether the carrier is missing from the list")


def _ambiguous(mention: Mention, path: str) -> Problem:
    row, carriers = mention.rows[0], _either(mention.candidates)
    hint = "ask which; a point code or an AS number beside the name would decide"
    return _problem(row, path, "ambiguous-carrier", f"{row.carrier_name!r} may be {carriers}", hint)


def _unknown(mention: Mention, path: str, resolver: Resolver) -> Problem:
    row = mention.rows[0]
    what = (
        "does not say which carrier it is" if mention.reason == "generic_name" else "is no carrier that the facts know"
    )
    message = f"{row.carrier_name!r} {what}"
    if once := resolver.names.candidates_at_any_date(row.carrier_name):
        message = f"{row.carrier_name!r} meant {_either(once)} only outside the date of this document"
    return _problem(row, path, "unknown-carrier", message, _clue(mention, resolver))


def _clue(mention: Mention, resolver: Resolver) -> str:
    for row in mention.rows:
        if row.point_code and (point := resolver.registers.signalling_point(row.point_code)):
            return f"the ITU list gives its point code {row.point_code} to {point.owner}"
        if row.asn is not None and (holders := resolver.registers.asn_holders(row.asn)):
            return f"AS {row.asn} beside it belongs to {_either(sorted(holders))}"
    return "add the carrier or an alias to a facts folder of your own (--facts)"


def _point_code(
    mention: Mention, row: Declaration, point_code: str, path: str, resolver: Resolver
) -> Iterator[Problem]:
    point = resolver.registers.signalling_point(point_code)
    if point is None:
        message = f"point code {point_code} of {row.carrier_name!r} is not in the ITU list"
        yield _problem(row, path, "point-code-not-listed", message, "ask whether it is written correctly")
    elif mention.candidates and not resolver.registers.point_code_holders(point_code).intersection(mention.candidates):
        carriers = _either(mention.candidates)
        message = f"the ITU list gives point code {point_code} to {point.owner}, which no fact ties to {carriers}"
        hint = "ask who runs this gateway: the carrier may use it under another company's name"
        yield _problem(row, path, "point-code-of-another", message, hint)


def _asn(mention: Mention, row: Declaration, asn: int, path: str, resolver: Resolver) -> Iterator[Problem]:
    holders = resolver.registers.asn_holders(asn)
    if holders and not holders.intersection(mention.candidates):
        message = f"AS {asn} beside {row.carrier_name!r} belongs to {_either(sorted(holders))}"
        yield _problem(row, path, "asn-of-another-carrier", message, "ask which of the two is meant")


def _problem(row: Declaration, path: str, code: str, message: str, hint: str) -> Problem:
    severity = "note" if code == "undeclared-host" else "warning"
    return Problem(path, row.tadig, severity, code, message, hint, row.element_path)


def _either(carriers: Iterable[str]) -> str:
    return " or ".join(carriers)
