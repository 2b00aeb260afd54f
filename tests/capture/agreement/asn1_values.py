"""Random values for types of pycrate's ASN.1, with identities of a country and a network that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

Value = Any
Type = Any

MAX_DEPTH = 12
CONSTRUCTED = {"SEQUENCE", "SET"}
REPEATED = {"SEQUENCE OF", "SET OF"}
# Numbers of ISUP, Q.763 §3.9: the generic ones (§3.26) have an octet before.
GENERIC = {"AssistingSSPIPRoutingAddress", "AdditionalCallingPartyNumber"}
PARTIES = GENERIC | {"CalledPartyNumber", "CallingPartyNumber", "RedirectingPartyID", "OriginalCalledPartyID"}
# Octets of no type of their own that are text by their standard.
NAMES = {"DiameterIdentity": b"host.epc.mnc001.mcc001.3gppnetwork.org", "FQDN": b"\x04host\x07example"}


def called(kind: Type) -> str:
    """Name of the type that `kind` refers to; empty when it has none."""
    reference = getattr(kind, "_typeref", None)
    name = getattr(reference, "called", None)
    return str(name[1]) if isinstance(name, tuple) else ""


def semi_octets(digits: str, filler: str = "F") -> bytes:
    """Digits low semi-octet first, filled at the end."""
    padded = digits + filler * (len(digits) % 2)
    return bytes(int(padded[at + 1] + padded[at], 16) for at in range(0, len(padded), 2))


def labels(name: bytes) -> str:
    """A name of labels, each behind its length, as text with dots (TS 23.003 §9)."""
    found, at = [], 0
    while at < len(name):
        found.append(name[at + 1 : at + 1 + name[at]].decode("utf-8", "replace"))
        at += 1 + name[at]
    return "".join(letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}" for letter in ".".join(found))


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def identity(name: str, random: Random) -> bytes | None:
    """Octets of a type that names a subscriber, a node, a network or a place; None for any other type."""
    plmn = b"\x00\xf1\x10"  # MCC 001, MNC 01
    if name == "IMSI":
        return semi_octets("00101" + _digits(random, random.choice([9, 10, 10, 10])))
    if name in {"ISDN-AddressString", "AddressString", "FTN-AddressString", "SMS-AddressString"}:
        return b"\x91" + semi_octets("999" + _digits(random, random.choice([6, 8, 9, 11])))
    if name == "IMEI":
        return semi_octets(_digits(random, 15))
    if name == "PLMN-Id":
        return plmn
    if name in {
        "CellGlobalIdOrServiceAreaIdFixedLength",
        "LAIFixedLength",
        "RAIdentity",
        "TA-Id",
        "E-UTRAN-CGI",
        "NR-CGI",
        "NR-TA-Id",
    }:
        lengths = {"LAIFixedLength": 2, "RAIdentity": 3, "TA-Id": 2, "NR-CGI": 5, "NR-TA-Id": 3}
        octets = bytearray(random.randbytes(lengths.get(name, 4)))
        if name in {"E-UTRAN-CGI", "NR-CGI"}:
            octets[0] &= 0x0F
        return plmn + bytes(octets)
    if name == "GSN-Address":
        return b"\x04" + bytes([192, 0, 2, random.randrange(256)])
    if name in PARTIES:
        digits = _digits(random, random.choice([5, 8, 9, 12]))
        qualifier, nature = bytes(name in GENERIC), 0x84 if len(digits) % 2 else 0x04
        return qualifier + bytes([nature, 0x10]) + semi_octets(digits, filler="0")
    if name in {"APN", "AccessPointName"}:
        return b"\x08internet\x07example"
    return NAMES.get(name)


def _size(kind: Type, random: Random) -> int:
    limits = kind._const_sz
    if limits is None:
        return random.randrange(1, 9)
    allowed = limits.root[0]
    low, high = (allowed, allowed) if isinstance(allowed, int) else (allowed.lb or 0, allowed.ub or 8)
    return random.randint(low, min(high, low + 12))


def _integer(kind: Type, random: Random) -> int:
    limits = kind._const_val
    if limits is None:
        return random.randrange(0, 1 << 15)
    allowed = limits.root[0]
    return (
        allowed
        if isinstance(allowed, int)
        else random.randint(allowed.lb or 0, allowed.ub if allowed.ub is not None else 1 << 15)
    )


def value(kind: Type, random: Random, depth: int = 0) -> Value:
    """A value that `kind` allows. Private extensions are left out."""
    name = called(kind)
    match kind.TYPE:
        case "OCTET STRING":
            known = identity(name, random)
            return random.randbytes(_size(kind, random)) if known is None else known
        case "BIT STRING":
            length = _size(kind, random)
            return (random.getrandbits(length) if length else 0, length)
        case "INTEGER":
            return _integer(kind, random)
        case "ENUMERATED":
            return (
                random.choice(sorted(kind._cont)) if isinstance(kind._cont, dict) else random.choice(list(kind._cont))
            )
        case "BOOLEAN":
            return random.random() < 0.5
        case "NULL":
            return 0
        case "SEQUENCE" | "SET":
            return _members(kind, random, depth)
        case "SEQUENCE OF" | "SET OF":
            limit = 3 if depth < 4 else 1
            return [value(kind._cont, random, depth + 1) for _ in range(min(_size(kind, random), limit))]
        case "CHOICE":
            arms = [arm for arm in kind._cont if not _is_private(kind._cont[arm])]
            arm = random.choice(arms)
            return (arm, value(kind._cont[arm], random, depth + 1))
        case _:
            return "".join(random.choice("0123456789") for _ in range(_size(kind, random)))


def _is_private(kind: Type) -> bool:
    return (
        isinstance(kind, int)
        or kind.TYPE in {"OPEN_TYPE", "ANY"}
        or called(kind) in {"PrivateExtensionList", "Extensions", "ExtensionSet"}
    )


def _members(kind: Type, random: Random, depth: int) -> dict[str, Value]:
    members: dict[str, Value] = {}
    # Deep types refer to themselves; what is optional thins out with the depth.
    share = 0.6 if depth < 2 else 0.35 if depth < 6 else 0.0
    for name in kind._cont:
        member = kind._cont[name]
        if _is_private(member):
            continue
        is_optional = member._opt or getattr(member, "_def", None) is not None or name in (kind._ext or [])
        if not is_optional or (depth < MAX_DEPTH and random.random() < share):
            members[name] = value(member, random, depth + 1)
    return members


def leaves(kind: Type, content: Value, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, Value]]:
    """Every value without parts, in the order of the encoding: names that lead to it, name of its type, itself."""
    if kind.TYPE in CONSTRUCTED:
        for name in kind._cont:
            if name in content:
                yield from leaves(kind._cont[name], content[name], (*path, name))
    elif kind.TYPE in REPEATED:
        for position, part in enumerate(content):
            yield from leaves(kind._cont, part, (*path, str(position)))
    elif kind.TYPE == "CHOICE":
        yield from leaves(kind._cont[content[0]], content[1], (*path, content[0]))
    else:
        yield path, called(kind), content
