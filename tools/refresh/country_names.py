"""The names of countries and areas as ITU lists head them → ISO 3166-1 alpha-2."""

from __future__ import annotations

import pycountry

__all__ = ["iso2_of"]

# Names that differ from ISO 3166's own and common names. None: the heading covers more than one country.
_OTHER_NAMES: dict[str, str | None] = {
    "Bahamas": "BS",
    "Bonaire, Sint Eustatius and Saba": "BQ",
    "British Virgin Islands": "VG",
    "Central African Rep.": "CF",
    "Congo": "CG",
    "Czech Rep.": "CZ",
    "Dem. Rep. of the Congo": "CD",
    "Dominican Rep.": "DO",
    "Falkland Islands (Malvinas)": "FK",
    "French Departments and Territories in the Indian Ocean": None,
    "Hong Kong, China": "HK",
    "International Mobile, shared code": None,
    "Korea (Rep. of)": "KR",
    "Kosovo*": "XK",
    "Lao P.D.R.": "LA",
    "Macao, China": "MO",
    "Micronesia": "FM",
    "Northern Marianas": "MP",
    "State of Palestine": "PS",
    "Tanzania": "TZ",
    "Türkiye": "TR",
}


def iso2_of(name: str) -> str | None:
    """The code of a country or area; None for a heading that covers several. Raises LookupError for an unknown name."""
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    spellings = {name, name.partition(" (")[0]}
    for country in pycountry.countries:
        if spellings & {country.name, getattr(country, "common_name", None), country.name.partition(",")[0]}:
            return str(country.alpha_2)
    raise LookupError(name)
