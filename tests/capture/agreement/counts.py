"""The counts of the manifest, and the same from rows."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

from tests.capture.agreement.compare import LISTED
from tests.capture.agreement.ours import Reading, Row

Count = Counter[tuple[str, str]]

TIMES = "\N{MULTIPLICATION SIGN}"
G_PDU = ("GTPv0/1", "G-PDU")
DIAMETER = {"base": "Diameter", "acct": "Rf", "Gy/DCCA": "Gy"}
COMMANDS = {
    257: "CE", 258: "RA", 271: "AC", 272: "CC", 274: "AS", 280: "DW", 282: "DP", 300: "UA", 302: "LI", 303: "MA",
    316: "UL", 318: "AI", 321: "PU", 323: "NO", 324: "EC",
}  # fmt: skip
GTP = {
    "GTPv2": {
        1: "EchoReq",
        32: "CSReq",
        33: "CSResp",
        34: "MBReq",
        35: "MBResp",
        36: "DSReq",
        37: "DSResp",
        170: "RABReq",
        171: "RABResp",
    },
    "GTPv0/1": {
        1: "EchoReq",
        2: "EchoResp",
        3: "VerNotSupp",
        16: "CreatePDPReq",
        17: "CreatePDPResp",
        20: "DeletePDPReq",
    }
    | {21: "DeletePDPResp", 26: "ErrInd", 51: "0x33", 240: "0xf0(GTP')"},
}
VERSIONS = {"gtpv2": "GTPv2", "gtpv0": "GTPv0/1", "gtpv1": "GTPv0/1", "gtpu": "GTPv0/1", "gtp_prime": "GTPv0/1"}
# Layers that give no rows of their own: what they carry is compared, not how often they carry it.
CARRIERS = {"SCCP", "M3UA", "M2PA"}


def of_manifest(text: str) -> Count:
    """Read `Diameter base: CER*1 CEA*1; S6a: AIR*2; GTPv2 CSReq*3; PFCP *4; MAP 59*1`, with TIMES for the asterisk."""
    counts: Count = Counter()
    for part in filter(None, (part.strip() for part in text.split(";"))):
        group = part.partition(":")[0].removeprefix("Diameter ").strip() if ":" in part else part.split()[0]
        for item, count in re.findall(rf"(\S*){TIMES}(\d+)", part):
            if group not in CARRIERS:
                counts[DIAMETER.get(group, group), item] += int(count)
    return counts


def of_rows(reading: Reading) -> Count:
    """The same of decoded rows."""
    counts: Count = Counter()
    for row in reading.messages:
        place = _place(row)
        if place is not None:
            counts[place] += 1
    counts[G_PDU] = sum(int(str(tunnel["packets"])) for tunnel in reading.tunnels)
    return +counts


def _place(row: Row) -> tuple[str, str] | None:
    protocol, code = str(row["protocol"]), row["operation_code"]
    match protocol:
        case "diameter":
            letter = "R" if row["message_type"] == "request" else "A"
            return str(row["interface"]), COMMANDS.get(int(str(code)), str(code)) + letter
        case "map" | "cap":
            return (protocol.upper(), str(code)) if code is not None else None
        case "pfcp":
            return "PFCP", ""
        case "http2":
            is_counted = row["message_type"] == "request" and row["destination_port"] == 7777
            return ("HTTP/2", "") if is_counted else None
        case _ if protocol in VERSIONS and code != 255:
            version = VERSIONS[protocol]
            return version, GTP[version].get(int(str(code)), str(code))
        case _:
            return None


def listed(file: str) -> Count:
    """How many more than the manifest a file has, for listed reasons; negative for fewer."""
    table = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    found: Count = Counter()
    for item in table["count"]:
        if item["file"] == file:
            found.update({(item["group"], name): item["more"] for name in item["items"]})
    return found
