"""What the columns of `messages` may hold of one MAP or CAP parameter, by the values that pycrate knows it to have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.capture.agreement import asn1_values
from tests.capture.agreement.ours import Row

ADDRESSES = {"ISDN-AddressString", "AddressString", "FTN-AddressString", "SMS-AddressString"}

# Members of MAP's types that must fill a column wherever they stand; of several one is kept.
MEMBERS = {
    "imsi": {"imsi", "iMSI", "storedIMSI"},
    "msisdn": {"msisdn", "mSISDN", "storedMSISDN"},
    "imei": {"imei", "imeisv", "iMEI"},
    "home_node": {"hlr-Number", "css-Number"},
    "gmlc_or_scf": {
        "gsmSCF-Address", "mlc-Number", "mlcNumber", "gmsc-OrGsmSCF-Address", "serviceCentreAddress",
        "serviceCentreAddressDA", "serviceCentreAddressOA",
    },
    "serving_node": {
        "vlr-Number", "vlr-number", "msc-Number", "sgsn-Number", "networkNode-Number", "targetMSC-Number",
        "newVLR-Number", "vmsc-Address",
    },
    "forwarded_to": {"forwardedToNumber", "roamingNumber", "msrn"},
    "apn": {"aPN"},
}  # fmt: skip
NODES = ("home_node", "gmlc_or_scf", "serving_node")
AGES = {"ageOfLocationInformation", "ageOfLocationEstimate"}
VECTORS = {"tripletList", "quintupletList", "epsAuthenticationSetList", "eps-AuthenticationSetList"}


class Leaf(NamedTuple):
    """A value without parts: the names that lead to it, the name of its type, itself."""

    path: tuple[str, ...]
    kind: str
    value: Any


class Parameter(NamedTuple):
    """An argument or result that pycrate wrote or read, and the row that the decoder gave for its component."""

    name: str
    kind: Any
    value: Any
    row: Row

    def leaves(self) -> list[Leaf]:
        """Every value without parts, in the order of the encoding."""
        return [] if self.kind is None else [Leaf(*leaf) for leaf in asn1_values.leaves(self.kind, self.value)]


def digits(octets: bytes) -> str:
    """Semi-octets as text, the final filler dropped."""
    return "".join(f"{octet & 15:X}{octet >> 4:X}" for octet in octets).removesuffix("F")


def _party(octets: bytes) -> str:
    """Digits of a number of ISUP: the first octet says whether they are odd, a sending mark ends them."""
    text = "".join(f"{octet & 15:X}{octet >> 4:X}" for octet in octets[2:])
    return text[: len(text) - (octets[0] >> 7)].partition("F")[0]


def faults(parameter: Parameter) -> Iterator[str]:
    """Every column that holds what the parameter does not, or nothing where the parameter has a value for it."""
    leaves, row = parameter.leaves(), parameter.row
    known = _known(leaves)
    for column, values in known.items():
        if row[column] is not None and row[column] not in values:
            yield f"{parameter.name}: {column} is {row[column]}, which is none of {values}"
    for column, members in MEMBERS.items():
        present = [leaf for leaf in leaves if leaf.path and leaf.path[-1] in members and leaf.value]
        if present and row[column] is None:
            yield f"{parameter.name}: {column} is empty, and {'/'.join(present[0].path)} is there"
    count = len({leaf.path[:-1] for leaf in leaves if VECTORS & set(leaf.path[-3:-2])})
    if count and row["authentication_vectors_count"] != count:
        yield f"{parameter.name}: {row['authentication_vectors_count']} vectors are counted of {count}"


def _known(leaves: Iterable[Leaf]) -> dict[str, list[Any]]:
    """For each column, every value that it could rightly have."""
    known: dict[str, list[Any]] = {column: [] for column in (*MEMBERS, "location_age", "gsn_address", "cell_mcc")}
    for path, kind, value in leaves:
        if kind == "IMSI":
            known["imsi"].append(digits(value))
        elif kind == "IMEI":
            known["imei"].append(digits(value))
        elif kind in ADDRESSES:
            for column in ("msisdn", "forwarded_to", *NODES):
                known[column].append(digits(value[1:]))
        elif kind in asn1_values.PARTIES:
            for column in ("msisdn", "forwarded_to"):
                known[column].append(_party(value[kind in asn1_values.GENERIC :]))
        elif kind == "CalledPartyBCDNumber":
            known["msisdn"].append(digits(value[1:]))
        elif kind in {"APN", "AccessPointName"}:
            known["apn"].append(asn1_values.labels(value))
        elif kind == "DiameterIdentity":
            known["serving_node"].append(value.decode())
        elif path and path[-1] in AGES:
            known["location_age"].append(value)
        elif kind == "GSN-Address":
            known["gsn_address"].append(".".join(map(str, value[1:5])))
        elif isinstance(value, bytes) and len(value) >= 5:
            known["cell_mcc"].append(digits(value)[:3])
    return known
