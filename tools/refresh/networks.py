"""Write networks.csv: the list of networks with TADIG codes, and the E.212 amendments of two ITU Operational Bulletins.

The two do not replace one another: where the ITU assigns what the list gives to somebody else, both rows stand, each
with its source. A PLMN id that territories share stands once for each; one given to several at once has no country.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LIST = "mcc-mnc-tadig-cell_tower_data-2024.csv"
LIST_SOURCE = "cell-tower-data-mcc-mnc"
B1283, B1295 = "itu-operational-bulletin-1283", "itu-operational-bulletin-1295"
# The two bulletins amend sixteen codes, in a layout that wraps names around their code: taken over by hand.
AMENDMENTS = (
    ("21413", "FOOTBALLERISTA MOBILE SPAIN, S.A. UNIPERSONAL", "ES", B1283),
    ("90107", "NTT Ltd.", "", B1283),
    ("214705", "ENTIDAD PÚBLICA EMPRESARIAL ADMINISTRADOR DE INFRAESTRUCTURAS FERROVIARIAS", "ES", B1295),
    ("214706", "GOBIERNO VASCO", "ES", B1295),
    ("346007", "Paradise Mobile Limited", "KY", B1295),
    ("52504", "Grid Communications Limited", "SG", B1295),
    ("52506", "StarHub Mobile Pte Ltd", "SG", B1295),
    ("52507", "StarHub Mobile Pte Ltd", "SG", B1295),
    ("52510", "Simba Telecom Pte Ltd", "SG", B1295),
    ("52511", "M1 Limited", "SG", B1295),
    ("52512", "Grid Communications Limited", "SG", B1295),
    ("525200", "5G Test Bed", "SG", B1295),
    ("525201", "5G EP Twin Networks", "SG", B1295),
    ("525202", "5G EP Twin Networks", "SG", B1295),
    ("525203", "5G EP Twin Networks", "SG", B1295),
    ("525204", "5G EP Twin Networks", "SG", B1295),
)


class Network(NamedTuple):
    """One row of the table, in the order of its columns."""

    plmn: str
    operator: str
    country: str
    tadig: str
    source: str


def listed(text: str) -> Iterator[Network]:
    """Yield the networks of the list; a row without an operator or brand says nothing and is left out."""
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        operator = row["Operator"].strip() or row["Brand"].strip()
        country = "" if row["ISO"] == "XX" or "/" in row["ISO"] else row["ISO"]
        if operator:
            yield Network(row["PLMN"], operator, country, row["TADIG"].strip(), LIST_SOURCE)


def main() -> None:
    """Write the table to the standard output and the counts to the standard error."""
    folder = Path(sys.argv[1])
    found = set(listed((folder / LIST).read_text(encoding="utf-8-sig")))
    found.update(Network(plmn, operator, country, "", source) for plmn, operator, country, source in AMENDMENTS)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Network._fields)
    writer.writerows(sorted(found))
    plmns, tadigs = {row.plmn for row in found}, {row.tadig for row in found if row.tadig}
    sys.stderr.write(f"{len(found)} rows, {len(plmns)} PLMN ids, {len(tadigs)} TADIG codes\n")


if __name__ == "__main__":
    main()
