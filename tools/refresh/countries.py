"""Write countries.csv: codes, region, subscriptions, and the state whose law an area is under."""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import phonenumbers
import pycountry

FACTBOOK = "mobile-subscriptions-by-country-cia-world-factbook.csv"
NETWORK_LIST = "mcc-mnc-tadig-cell_tower_data-2024.csv"
FACTBOOK_SOURCE, CORRECTED_SOURCE, ISO_SOURCE = "world-factbook", "world-factbook-2024-april", "iso-3166"

# The table at hand read "1.73 billion" as 1: these two were read in the Factbook's own text of April 2024.
CORRECTED = {"CN": (1_730_000_000, 2021), "IN": (1_150_000_000, 2021)}
# The Factbook's table leaves the codes of these out.
CODES_LEFT_OUT = {"Kosovo": "XK", "Virgin Islands (US)": "VI"}
# The world; a zero beside networks; one figure printed for both parts of an island: absent beats wrong.
NOT_TAKEN = frozenset({"World", "Wallis and Futuna", "Saint Martin", "Sint Maarten"})
NAMES = {
    "BO": "Bolivia", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "FK": "Falkland Islands",
    "FM": "Micronesia", "MF": "Saint Martin", "PS": "Palestine", "SX": "Sint Maarten", "VA": "Holy See",
    "VG": "British Virgin Islands", "VI": "US Virgin Islands",
}  # fmt: skip
# The state whose law a seat in the territory falls under. Left out: areas that are disputed (EH, PS, TW, XK) or
# self-governing in free association (CK, FM, MH, NU, PW).
TERRITORIES = {
    "CN": "HK MO",
    "US": "AS GU MP PR UM VI",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "NL": "AW BQ CW SX",
    "DK": "FO GL",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NO": "BV SJ",
    "FI": "AX",
    "AU": "CC CX HM NF",
    "NZ": "TK",
}
# Regions of territories that the list of networks does not name, as it names their neighbours.
REGIONS = {
    "AX": "Europe", "SJ": "Europe", "VA": "Europe", "EH": "Africa", "RE": "Africa", "YT": "Africa",
    "GF": "South and Central America", "CC": "Oceania", "CX": "Oceania", "PN": "Oceania",
} | dict.fromkeys(("BL", "BQ", "CW", "GP", "MF", "MQ", "SX", "VI"), "North America and the Caribbean")  # fmt: skip
# Area codes that phonenumbers writes as a pattern or in part; Ascension has a calling code of its own.
AREA_CODES = {"DO": ("809", "829", "849"), "KZ": ("6", "7")}
MORE_CALLING_CODES = {"SH": ("247",)}
COLUMNS = (
    "iso2", "iso3", "name", "calling_codes", "mobile_country_codes", "region", "subscriptions", "subscriptions_year",
    "territory_of", "source",
)  # fmt: skip


def calling_codes() -> dict[str, list[str]]:
    """Country → its calling code and, where several share one, the area codes that are its own."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            found[region].append(str(code))
            leading = (
                phonenumbers.PhoneMetadata.metadata_for_region(region).leading_digits if len(regions) > 1 else None
            )
            areas = AREA_CODES.get(region) or (leading.split("|") if re.fullmatch(r"[\d|]+", leading or "") else ())
            if code in {1, 7} and region != "RU":
                found[region].extend(f"{code}{area}" for area in areas)
    for region, more in MORE_CALLING_CODES.items():
        found[region].extend(more)
    return found


def from_network_list(text: str) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Country → its mobile country codes; country → its region."""
    codes: dict[str, set[str]] = defaultdict(set)
    regions = dict(REGIONS)
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        for country in row["ISO"].split("/"):
            codes[country].add(row["MCC"])
            if "/" not in row["ISO"] and row["Region"] not in {"", "Worldwide"}:
                regions[country] = row["Region"]
    return codes, regions


def subscriptions(text: str) -> dict[str, tuple[int, int]]:
    """Country → mobile subscriptions and their year."""
    found = {}
    for row in csv.DictReader(text.splitlines()):
        code = row["iso2"] or CODES_LEFT_OUT.get(row["country"], "")
        if row["country"] not in NOT_TAKEN and code not in CORRECTED:
            found[code] = (int(row["mobile_subscriptions"]), int(row["year"]))
    return found | CORRECTED


def main() -> None:
    """Write the table to the standard output and the counts to the standard error."""
    folder = Path(sys.argv[1])
    mobile, regions = from_network_list((folder / NETWORK_LIST).read_text(encoding="utf-8-sig"))
    figures = subscriptions((folder / FACTBOOK).read_text(encoding="utf-8"))
    calling = calling_codes()
    state_of = {code: state for state, codes in TERRITORIES.items() for code in codes.split()}
    countries: list[tuple[str, str, str]] = [("XK", "XKX", "Kosovo")]
    country: Any
    for country in pycountry.countries:
        name = NAMES.get(country.alpha_2) or getattr(country, "common_name", country.name)
        countries.append((country.alpha_2, country.alpha_3, name))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, iso3, name in sorted(countries):
        figure = figures.pop(code, None)
        source = CORRECTED_SOURCE if code in CORRECTED else FACTBOOK_SOURCE if figure else ISO_SOURCE
        numbers = (" ".join(calling.get(code, ())), " ".join(sorted(mobile.get(code, ()))))
        row = (code, iso3, name, *numbers, regions.get(code, ""), *(figure or ("", "")), state_of.get(code, ""), source)
        writer.writerow(row)
    if figures:
        raise SystemExit(f"subscriptions of no country: {figures}")
    sys.stderr.write(f"{len(countries)} countries and territories, {len(state_of)} under another state's law\n")


if __name__ == "__main__":
    main()
