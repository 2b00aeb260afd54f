"""What operators declare, as rows. The names are a contract: docs/reference/tables.md is written from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Literal, NamedTuple

__all__ = [
    "SERVICES", "Corpus", "Declaration", "Document", "Network", "Numbering", "Problem", "Role", "Service", "ServiceState",
    "Severity", "are_fictional",
]  # fmt: skip

Service = Literal["sccp", "diameter", "grx", "mms", "sms_hub", "roaming_hub", "n32"]
Role = Literal["primary", "backup", "load_sharing", "unstated"]
ServiceState = Literal["declared", "own_gateway", "not_applicable", "missing"]
_NOBODYS = ("001", "999")
Severity = Literal["error", "warning", "note"]
SERVICES: tuple[Service, ...] = ("sccp", "diameter", "grx", "mms", "sms_hub", "roaming_hub", "n32")


class Declaration(NamedTuple):
    """One row per network, service, declared carrier name and point code. Pending rows are kept: the reader of the table dates them."""

    tadig: Annotated[str, "network that declares: TADIG code (GSMA TD.13)"]
    country: Annotated[
        str | None, "seat of the declaring organisation: ISO 3166-1 alpha-2; XA to XZ in a fictional world"
    ]
    organisation: Annotated[str, "OrganisationName, as written"]
    mcc_mnc: Annotated[
        tuple[str, ...], "PLMN ids of the network, MCC and MNC as text of 5 or 6 digits (ITU-T E.212), sorted"
    ]
    service: Annotated[str, "sccp, diameter, grx, mms, sms_hub, roaming_hub or n32"]
    role_text: Annotated[str | None, "the role as written: SCCPConnectivityInformation, or the comment that says it"]
    role: Annotated[str, "primary, backup, load_sharing or unstated"]
    carrier_text: Annotated[
        str,
        "the text that names the carrier, never altered; one text may name several carriers, then several rows share it",
    ]
    carrier_name: Annotated[
        str, "the single name taken out of carrier_text: list split, trailing (ASN) removed, blanks folded"
    ]
    point_code: Annotated[
        str | None, "international signalling point code of the gateway, 3-8-3 with dashes (ITU-T Q.708)"
    ]
    asn: Annotated[int | None, "AS number written beside the name (RFC 6793)"]
    effective_from: Annotated[
        date | None, "EffectiveDateOfChange of the section; after the date of assessment the row is pending"
    ]
    document_created: Annotated[date | None, "FileCreationTimestamp of the document, its date"]
    schema_version: Annotated[str, "TADIGRAEXIR21SchemaVersion as text; csv for a declaration list"]
    document_sha256: Annotated[str, "SHA-256 of the document's bytes, hexadecimal"]
    element_path: Annotated[
        str, "where in the document: element names from the Network element on with 1-based positions; line N for CSV"
    ]
    inferred: Annotated[
        bool, "true when the carrier is derived (host name of an edge agent, free text), not stated in its own field"
    ]
    confidence: Annotated[str, "high: stated in its field; medium: inferred from a host name; low: out of free text"]
    own_gateway: Annotated[
        bool, "true when the network names itself: its gateway is its own and the carrier behind it undeclared"
    ]


class Numbering(NamedTuple):
    """One row per range, node, realm, address or number that a network declares as its own (or, for portability, as not its own)."""

    tadig: Annotated[str, "network that declares: TADIG code (GSMA TD.13)"]
    kind: Annotated[
        str,
        "msisdn_range, gt_range, msrn_range, portability_range (numbers of OTHER operators, never ownership), e212, e214, "
        "node, scp_gt, imsi_subrange, ip_range, dns, asn, epc_realm or diameter_edge_agent",
    ]
    value: Annotated[
        str, "the thing itself in canonical text: E.164 prefix, PLMN id, prefix in CIDR form, realm, host name, number"
    ]
    range_start: Annotated[str | None, "first number of an E.164 range, all digits with country code (ITU-T E.164)"]
    range_stop: Annotated[str | None, "last number of the range, inclusive, as many digits as range_start"]
    node_type: Annotated[str | None, "NwElementType as written: HLR, MSC/VLR, SGSN …"]
    node_class: Annotated[
        str | None, "hlr_hss, msc_vlr, sgsn_mme, ggsn_pgw, smsc, stp_dra or other; null when the row is no node"
    ]
    vendor_text: Annotated[str | None, "VendorInfo as written"]
    effective_from: Annotated[date | None, "EffectiveDateOfChange of the section"]
    document_created: Annotated[date | None, "FileCreationTimestamp of the document, its date"]
    document_sha256: Annotated[str, "SHA-256 of the document's bytes, hexadecimal"]
    element_path: Annotated[str, "where in the document, as in declarations"]


class Network(NamedTuple):
    """One network of one document: what it is, and the state of each service."""

    tadig: str
    country: str | None
    organisation: str
    name: str
    mcc_mnc: tuple[str, ...]
    document_created: date | None
    schema_version: str
    document_sha256: str
    document_path: str
    services: dict[Service, ServiceState]
    """`declared` where a carrier is named; `own_gateway` where only the network itself is; `not_applicable` where the
    section says so and no sibling network attaches this one; `missing` where nothing is said."""
    network_type: str = ""
    """NetworkType as written: Terrestrial, Full MVNO …; empty where absent."""

    @property
    def is_fictional(self) -> bool:
        """Its PLMN ids say that it is no public network; false where it has none."""
        return are_fictional(self.mcc_mnc)


def are_fictional(plmns: Sequence[str]) -> bool:
    """Tell whether PLMN ids are there and all of MCC 001 or 999, for tests and internal use. Ref: ITU-T E.212 Annex A."""
    return bool(plmns) and all(plmn.startswith(_NOBODYS) for plmn in plmns)


class Problem(NamedTuple):
    """What a reader of a document should know: a fault, an oddity, something pending. Never raised, always listed."""

    path: Annotated[str, "file, with ! before a member of a zip"]
    tadig: Annotated[str | None, "network concerned, null for the whole file"]
    severity: Annotated[
        str, "error: the document or part was not used; warning: a partner would ask; note: worth knowing"
    ]
    code: Annotated[str, "closed list in ipxray.declarations.problems, in kebab case"]
    message: Annotated[str, "one line: what is wrong"]
    hint: Annotated[str, "what to do"]
    element_path: Annotated[str | None, "where in the document"]


class Document(NamedTuple):
    """One document that was read: where it lay (`!` before a member of a zip), its hash, its size in bytes, its version."""

    path: str
    sha256: str
    size: int
    schema_version: str
    document_created: date | None


@dataclass(frozen=True)
class Corpus:
    """All that a set of documents declares: one network once, its newest document winning; rows in input order."""

    networks: tuple[Network, ...]
    declarations: tuple[Declaration, ...]
    numbering: tuple[Numbering, ...]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def numbering_by_kind(self) -> Mapping[str, Mapping[str, Sequence[Numbering]]]:
        """Kind → TADIG → rows, in their order: most questions concern one kind, and a corpus has a million rows."""
        found: dict[str, dict[str, list[Numbering]]] = {}
        for (tadig, kind), rows in groupby(self.numbering, itemgetter(0, 1)):
            found.setdefault(kind, {}).setdefault(tadig, []).extend(rows)
        return found
