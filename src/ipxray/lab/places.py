"""Where fictional operators sit: real countries, so that maps mean something. And the fictional states of carriers."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PLACES", "STATES", "TERRITORY", "Place"]


class Place(NamedTuple):
    """A real country: its ISO 3166-1 alpha-2 and alpha-3 codes and a UTC offset of its capital."""

    iso2: str
    iso3: str
    utc_offset: str


_TABLE = """
AE ARE +04:00  AL ALB +01:00  AM ARM +04:00  AO AGO +01:00  AR ARG -03:00  AT AUT +01:00  AU AUS +10:00  AZ AZE +04:00
BA BIH +01:00  BD BGD +06:00  BE BEL +01:00  BG BGR +02:00  BH BHR +03:00  BO BOL -04:00  BR BRA -03:00  BW BWA +02:00
CA CAN -05:00  CH CHE +01:00  CI CIV +00:00  CL CHL -04:00  CM CMR +01:00  CO COL -05:00  CR CRI -06:00  CY CYP +02:00
CZ CZE +01:00  DE DEU +01:00  DK DNK +01:00  DO DOM -04:00  DZ DZA +01:00  EC ECU -05:00  EE EST +02:00  EG EGY +02:00
ES ESP +01:00  ET ETH +03:00  FI FIN +02:00  FJ FJI +12:00  FR FRA +01:00  GB GBR +00:00  GE GEO +04:00  GH GHA +00:00
GR GRC +02:00  GT GTM -06:00  HN HND -06:00  HR HRV +01:00  HU HUN +01:00  ID IDN +07:00  IE IRL +00:00  IL ISR +02:00
IN IND +05:30  IQ IRQ +03:00  IS ISL +00:00  IT ITA +01:00  JM JAM -05:00  JO JOR +03:00  JP JPN +09:00  KE KEN +03:00
KG KGZ +06:00  KH KHM +07:00  KR KOR +09:00  KW KWT +03:00  KZ KAZ +05:00  LA LAO +07:00  LB LBN +02:00  LK LKA +05:30
LT LTU +02:00  LU LUX +01:00  LV LVA +02:00  MA MAR +01:00  MD MDA +02:00  ME MNE +01:00  MG MDG +03:00  MN MNG +08:00
MT MLT +01:00  MU MUS +04:00  MX MEX -06:00  MY MYS +08:00  MZ MOZ +02:00  NA NAM +02:00  NG NGA +01:00  NL NLD +01:00
NO NOR +01:00  NP NPL +05:45  NZ NZL +12:00  OM OMN +04:00  PA PAN -05:00  PE PER -05:00  PG PNG +10:00  PH PHL +08:00
PK PAK +05:00  PL POL +01:00  PT PRT +00:00  PY PRY -03:00  QA QAT +03:00  RO ROU +02:00  RS SRB +01:00  RW RWA +02:00
SA SAU +03:00  SE SWE +01:00  SG SGP +08:00  SI SVN +01:00  SK SVK +01:00  SN SEN +00:00  TH THA +07:00  TN TUN +01:00
TR TUR +03:00  TT TTO -04:00  TZ TZA +03:00  UA UKR +02:00  UG UGA +03:00  UY URY -03:00  UZ UZB +05:00  VN VNM +07:00
ZA ZAF +02:00  ZM ZMB +02:00
"""
_WORDS = _TABLE.split()

PLACES: tuple[Place, ...] = tuple(map(Place, _WORDS[0::3], _WORDS[1::3], _WORDS[2::3]))
"""Sorted by alpha-2 code. An operator's country is one of these."""

STATES: tuple[str, ...] = ("XA", "XB", "XC", "XD", "XE")
"""Fictional states: user-assigned codes of ISO 3166-1, which no country will ever bear."""

TERRITORY = "XT"
"""A fictional territory; it belongs to the first of the states."""
