"""Codes that nobody holds, dealt out once each: TADIG codes, PLMN ids, names of operators."""

from __future__ import annotations

from collections.abc import Iterator

from ipxray.errors import UsageError
from ipxray.lab.places import Place

__all__ = ["MAX_NETWORKS", "NETWORKS_PER_COUNTRY", "operator_names", "plmn_ids", "tadig_codes"]

# Of the TADIG codes with a Z in the fourth place only …ZN and …ZS are in use (list of 2024), with Q and a digit none.
# Z1 and Z2 are left to examples elsewhere.
_SUFFIXES = tuple(f"Z{letter}" for letter in "ZABCDEFGHIJKLMOPQRTUVWXY034567") + tuple(
    f"Q{digit}" for digit in range(10)
)
NETWORKS_PER_COUNTRY = len(_SUFFIXES)

# MCC 001 is for tests, 999 for internal use (ITU-T E.212): nobody's. No two-digit MNC begins a three-digit one or gives
# the same realm once padded.
_TWO_DIGITS = tuple(("001", f"{mnc:02d}") for mnc in range(10, 40))
_THREE_DIGITS = tuple(("001", str(mnc)) for mnc in range(400, 1_000))
_INTERNAL = tuple(("999", f"{mnc:03d}") for mnc in range(1_000))
MAX_NETWORKS = len(_TWO_DIGITS) + len(_THREE_DIGITS) + len(_INTERNAL)

_KINDS = ("Mobile", "Telecom", "Wireless", "Cellular", "Networks", "Connect")


def tadig_codes(place: Place) -> Iterator[str]:
    """Yield the TADIG codes that a country's fictional networks may bear; raise UsageError after the last."""
    for suffix in _SUFFIXES:
        yield place.iso3 + suffix
    raise UsageError(
        f"more than {NETWORKS_PER_COUNTRY} fictional networks in {place.iso2}", hint="ask for more countries"
    )


def plmn_ids() -> Iterator[tuple[str, str]]:
    """Yield MCC and MNC, every fourth with two digits while they last; raise UsageError after the last."""
    short, long = iter(_TWO_DIGITS), iter((*_THREE_DIGITS, *_INTERNAL))
    for number in range(MAX_NETWORKS):
        first, second = (short, long) if number % 4 == 0 else (long, short)
        if code := next(first, None) or next(second, None):
            yield code
    raise UsageError(f"more than {MAX_NETWORKS} fictional networks", hint="ask for fewer operators")


def operator_names(place: Place) -> Iterator[str]:
    """Yield names that say of themselves that nobody bears them."""
    number = 0
    while True:
        for kind in _KINDS:
            yield f"Fictional {kind} {place.iso2}{f' {number + 1}' if number else ''}"
        number += 1
