"""What changed between two corpora, in meaning: two texts that declare the same have no difference."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Annotated, Final, NamedTuple

from ipxray.declarations.names import own_key
from ipxray.declarations.ranges import Difference, Said, compare_numbering, compare_values, depth, places
from ipxray.declarations.rows import SERVICES, Corpus, Declaration, Network, Numbering, Service
from ipxray.declarations.text import fold

__all__ = ["Change", "diff"]


class Change(NamedTuple):
    """One thing that is declared now and was not, was and is not any more, or is declared otherwise."""

    tadig: Annotated[str, "network that declares: TADIG code (GSMA TD.13)"]
    topic: Annotated[
        str,
        "network, organisation, network_name, network_type, country, plmn; service_state, carrier, own_gateway, "
        "carrier_name, carrier_asn, role, point_code, effective_from; nodes (how many of a class and vendor), node_gt, "
        "node_address; else the kind of the numbering rows: msisdn_range, ip_range, dns …",
    ]
    kind: Annotated[str, "added: before is null; removed: after is null; changed: neither is"]
    before: Annotated[str | None, "what was declared"]
    after: Annotated[str | None, "what is declared now"]
    before_path: Annotated[str | None, "where in the old document; null where no single element says it"]
    after_path: Annotated[str | None, "where in the new document; null where no single element says it"]
    service: Annotated[str | None, "the service concerned, null where it concerns the network as a whole"]


class _Declared(NamedTuple):
    """One network with its rows, by service and by kind."""

    network: Network
    declarations: dict[str, list[Declaration]]
    numbering: dict[str, list[Numbering]]


class _Carrier(NamedTuple):
    """One carrier of one network and service: all rows that name it."""

    key: str
    name: str
    names: frozenset[str]
    is_own: bool
    is_inferred: bool
    roles: frozenset[str]
    asns: frozenset[int]
    dates: frozenset[str]
    point_codes: dict[str, str]
    path: str


_Pair = tuple[_Carrier | None, _Carrier | None]

# By what two carriers are one, surest sign first; None is no sign. Only under one name may a carrier turn out to be the
# network itself.
_SIGNS: Final[tuple[Callable[[_Carrier], Hashable | None], ...]] = (
    lambda carrier: carrier.key,
    lambda carrier: carrier.is_own or None,
    lambda carrier: (carrier.is_own, frozenset(carrier.point_codes)) if carrier.point_codes else None,
    lambda carrier: (carrier.is_own, carrier.asns) if carrier.asns else None,
)


def diff(old: Corpus, new: Corpus) -> tuple[Change, ...]:
    """Compare what networks declare; sorted by tadig, topic, service, before and after.

    Order, white space, comments, duplicates, dates of documents and ChangeHistory give nothing. A network in one corpus
    only is one change.

    A carrier is the same when its normalised name is, or else all its point codes or all its AS numbers, if no second
    carrier of the service has just these: then it is only written otherwise (`carrier_name`). One that came or went is
    one change with all that is said of it; its point codes are told again only where another carrier had or has them.

    Ranges are sets of numbers: rows may be split, joined, repeated and nested; told are the numbers that came or went,
    in the longest intervals. Numbers are the same only with as many digits: the prefix 99912 is the one string 99912,
    a neighbour of 99913, but neither 9991200-9991299 nor a part of 9991.

    A node listed twice (type, vendor, number or address) counts once; those of which only type and vendor are known
    count each.
    """
    before, after = _by_network(old), _by_network(new)
    changes: list[Change] = []
    for tadig in before.keys() | after.keys():
        was, now = before.get(tadig), after.get(tadig)
        if was is None or now is None:
            told = Difference("network", was and _titled(was.network), now and _titled(now.network))
            changes.append(_change(tadig, None, told))
            continue
        changes += (_change(tadig, None, told) for told in _identity(was, now))
        for service in SERVICES:
            changes += (_change(tadig, service, told) for told in _service(service, was, now))
        for kind in (was.numbering.keys() | now.numbering.keys()) - {"e212"}:
            differences = compare_numbering(kind, was.numbering.get(kind, ()), now.numbering.get(kind, ()))
            changes += (_change(tadig, None, told) for told in differences)
    return tuple(sorted(changes, key=_order))


def _order(change: Change) -> tuple[str, ...]:
    sides = change.before, change.after, change.before_path, change.after_path
    return (change.tadig, change.topic, change.service or "", *(side or "" for side in sides))


def _by_network(corpus: Corpus) -> dict[str, _Declared]:
    found = {network.tadig: _Declared(network, {}, {}) for network in corpus.networks}
    for row in corpus.declarations:
        found[row.tadig].declarations.setdefault(row.service, []).append(row)
    # A corpus has hundreds of thousands of these, those of one kind together: the list is looked up once a run.
    for (tadig, kind), rows in groupby(corpus.numbering, itemgetter(0, 1)):
        found[tadig].numbering.setdefault(kind, []).extend(rows)
    return found


def _change(tadig: str, service: str | None, told: Difference) -> Change:
    before, before_path = told.before or (None, None)
    after, after_path = told.after or (None, None)
    kind = "added" if before is None else "removed" if after is None else "changed"
    return Change(tadig, told.topic, kind, before, after, before_path, after_path, service)


def _said(text: str | None) -> Said | None:
    """What the network as a whole says, if anything: white space is no part of it."""
    folded = fold(text or "")
    return Said(folded, None) if folded else None


def _titled(network: Network) -> Said:
    return _said(network.organisation) or _said(network.name) or Said(network.tadig, None)


def _identity(old: _Declared, new: _Declared) -> Iterator[Difference]:
    was, now = old.network, new.network
    texts = {
        "organisation": (was.organisation, now.organisation),
        "network_name": (was.name, now.name),
        "network_type": (was.network_type, now.network_type),
        "country": (was.country, now.country),
    }
    for topic, sides in texts.items():
        before, after = map(_said, sides)
        if before != after:
            yield Difference(topic, before, after)
    yield from compare_values("plmn", _plmns(old), _plmns(new))


def _plmns(declared: _Declared) -> dict[str, str | None]:
    """PLMN ids: one fact, whether the network's own series says it, the summary of schema 18.0, or both."""
    return dict.fromkeys(declared.network.mcc_mnc) | places(declared.numbering.get("e212", ()))


def _service(service: Service, old: _Declared, new: _Declared) -> Iterator[Difference]:
    before, after = (_said(declared.network.services.get(service, "missing")) for declared in (old, new))
    if before != after:
        yield Difference("service_state", before, after)
    rows_before, rows_after = old.declarations.get(service, []), new.declarations.get(service, [])
    # Columns role_text to effective_from and the last three: where these are equal, as in most services, all is.
    if [(row[5:12], row[16:]) for row in rows_before] == [(row[5:12], row[16:]) for row in rows_after]:
        return
    pairs = _matched(_carriers(rows_before), _carriers(rows_after))
    yield from _compare_carriers(pairs)
    yield from _compare_point_codes(pairs)
    yield from _compare_dates(pairs)


def _carriers(rows: Sequence[Declaration]) -> list[_Carrier]:
    groups: dict[str, list[Declaration]] = {}
    for row in sorted(rows, key=lambda row: (depth(row.element_path), row.carrier_name)):
        groups.setdefault(own_key(row.carrier_name) or fold(row.carrier_name).casefold(), []).append(row)
    return [_carrier(key, group) for key, group in groups.items()]


def _carrier(key: str, rows: list[Declaration]) -> _Carrier:
    point_codes: dict[str, str] = {}
    for row in rows:
        if row.point_code is not None:
            point_codes.setdefault(row.point_code, row.element_path)
    return _Carrier(
        key,
        fold(rows[0].carrier_name),
        frozenset(fold(row.carrier_name) for row in rows),
        any(row.own_gateway for row in rows),
        all(row.inferred for row in rows),
        frozenset(row.role for row in rows),
        frozenset(row.asn for row in rows if row.asn is not None),
        frozenset(row.effective_from.isoformat() for row in rows if row.effective_from is not None),
        point_codes,
        rows[0].element_path,
    )


def _matched(old: Iterable[_Carrier], new: Iterable[_Carrier]) -> list[_Pair]:
    """Which old carrier is which new one: by each sign in turn, where it fits just one on either side."""
    before, after = list(old), list(new)
    pairs: list[_Pair] = []
    for sign in _SIGNS:
        known_before, known_after = _only(before, sign), _only(after, sign)
        same = known_before.keys() & known_after.keys()
        pairs += [(carrier, known_after[value]) for value, carrier in known_before.items() if value in same]
        before = [carrier for carrier in before if sign(carrier) not in same]
        after = [carrier for carrier in after if sign(carrier) not in same]
    return [*pairs, *((carrier, None) for carrier in before), *((None, carrier) for carrier in after)]


def _only(carriers: list[_Carrier], sign: Callable[[_Carrier], Hashable | None]) -> dict[Hashable, _Carrier]:
    shown: dict[Hashable, list[_Carrier]] = {}
    for carrier in carriers:
        shown.setdefault(sign(carrier), []).append(carrier)
    return {value: found[0] for value, found in shown.items() if value is not None and len(found) == 1}


def _compare_carriers(pairs: list[_Pair]) -> Iterator[Difference]:
    for was, now in pairs:
        if was is not None and now is not None:
            yield from _compare_carrier(was, now)
            continue
        topic = "own_gateway" if any(carrier.is_own for carrier in (was, now) if carrier) else "carrier"
        yield Difference(topic, was and _described(was), now and _described(now))


def _compare_carrier(was: _Carrier, now: _Carrier) -> Iterator[Difference]:
    if was.names.isdisjoint(now.names):
        yield Difference("carrier_name", Said(was.name, was.path), Said(now.name, now.path))
    if was.is_own != now.is_own:
        before, after = (Said(each.name, each.path) if each.is_own else None for each in (was, now))
        yield Difference("own_gateway", before, after)
    if was.roles != now.roles:
        yield Difference("role", _fact(was, sorted(was.roles)), _fact(now, sorted(now.roles)))
    if was.asns != now.asns:
        yield Difference("carrier_asn", _fact(was, _asns(was)), _fact(now, _asns(now)))


def _described(carrier: _Carrier) -> Said:
    """Name (role, point codes, AS number, inferred), as far as it is said."""
    details = [*sorted(carrier.roles - {"unstated"}), *sorted(carrier.point_codes), *_asns(carrier)]
    details += ["inferred"] if carrier.is_inferred else []
    return Said(f"{carrier.name} ({', '.join(details)})" if details else carrier.name, carrier.path)


def _asns(carrier: _Carrier) -> list[str]:
    return [f"AS{asn}" for asn in sorted(carrier.asns)]


def _fact(carrier: _Carrier, facts: Sequence[str]) -> Said | None:
    return Said(f"{carrier.name}: {', '.join(facts)}", carrier.path) if facts else None


def _compare_point_codes(pairs: list[_Pair]) -> Iterator[Difference]:
    """Point codes that came, went, or lead to another carrier; not those told with a carrier that came or went."""
    was_held, now_held = _holders(was for was, _ in pairs), _holders(now for _, now in pairs)
    whole = {number for number, (was, now) in enumerate(pairs) if was is None or now is None}
    for code in was_held.keys() | now_held.keys():
        was, now = was_held.get(code, {}), now_held.get(code, {})
        gone = sorted((said, number in whole) for number, said in was.items() if number not in now)
        come = sorted((said, number in whole) for number, said in now.items() if number not in was)
        for before, after in zip_longest(gone, come):
            if before and after:
                yield Difference("point_code", before[0], after[0])
            elif before and not before[1]:
                yield Difference("point_code", before[0], None)
            elif after and not after[1]:
                yield Difference("point_code", None, after[0])


def _holders(carriers: Iterable[_Carrier | None]) -> dict[str, dict[int, Said]]:
    """Who has each point code: the place in the order given → carrier and code."""
    found: dict[str, dict[int, Said]] = {}
    for number, carrier in enumerate(carriers):
        if carrier is not None:
            for code, path in carrier.point_codes.items():
                found.setdefault(code, {})[number] = Said(f"{carrier.name}: {code}", path)
    return found


def _compare_dates(pairs: list[_Pair]) -> Iterator[Difference]:
    """From when carriers that stayed are in force: once for all of a section, which have one date."""
    moved: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for was, now in pairs:
        if was is not None and now is not None and was.dates != now.dates:
            dates = ", ".join(sorted(was.dates)), ", ".join(sorted(now.dates))
            moved.setdefault(dates, []).append((was.path, now.path))
    for dates, paths in moved.items():
        sides = zip(dates, zip(*paths, strict=True), strict=True)
        before, after = (Said(text, min(each, key=depth)) if text else None for text, each in sides)
        yield Difference("effective_from", before, after)
