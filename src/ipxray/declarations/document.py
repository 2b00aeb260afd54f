"""One IR.21 document: its header, its networks, and the rows of each, sections resolved and read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from lxml import etree

from ipxray.declarations.attachment import NETWORKS, NetworkPart, find_networks, sections_of
from ipxray.declarations.data_roaming import read_data_roaming
from ipxray.declarations.diameter import read_diameter
from ipxray.declarations.messaging import read_mms, read_n32, read_roaming_hub, read_sms_hub
from ipxray.declarations.names import own_key
from ipxray.declarations.nodes import read_camel, read_m2m, read_nodes
from ipxray.declarations.numbering import codes_of, read_routing
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.record import Origin, Record, is_tadig, moment, plmn_digits
from ipxray.declarations.rows import SERVICES, Declaration, Network, Numbering, Service, ServiceState
from ipxray.declarations.sccp import read_sccp
from ipxray.declarations.section import ROWS, Named, Paths, Reading, Section, parse_date
from ipxray.declarations.text import quoted, written
from ipxray.declarations.xml import Refusal, child, children, text_of

__all__ = ["read_document"]

_Row = TypeVar("_Row")
_Reader = Callable[[Section], None]
_READERS: Final[Mapping[str, tuple[_Reader, ...]]] = {
    "RoutingInfoSection": (read_routing, read_sms_hub),
    "InternationalSCCPGatewaySection": (read_sccp,),
    "NetworkElementsInfoSection": (read_nodes,),
    "CAMELInfoSection": (read_camel,),
    "IPRoaming_IW_InfoSection": (read_data_roaming,),
    "GRXIPXRoutingForDataRoamingSection": (read_data_roaming,),
    "MMS_IW_InfoSection": (read_mms,),
    "LTEInfoSection": (read_diameter,),
    "SignallingInfoSection": (read_diameter, read_n32),
    "M2MRoamingInfoSection": (read_m2m,),
    "RoamingHubProviderInfoSection": (read_roaming_hub,),
}
_SECTION_OF: Final[Mapping[Service, tuple[str, ...]]] = {
    "sccp": ("InternationalSCCPGatewaySection",),
    "diameter": ("LTEInfoSection", "SignallingInfoSection"),
    "grx": ("IPRoaming_IW_InfoSection", "GRXIPXRoutingForDataRoamingSection"),
    "mms": ("MMS_IW_InfoSection",),
    "roaming_hub": ("RoamingHubProviderInfoSection",),
}
_SCHEMAS: Final = range(8, 19)


class Header(NamedTuple):
    """What the header and the organisation say of every network of the document."""

    organisation: str
    country: str | None
    schema_version: str
    created: date | None
    created_at: datetime | None


def read_document(
    root: etree._Element, origin: Origin, country_codes: Mapping[str, str], paths: Paths, log: ProblemLog
) -> list[Record] | Refusal:
    """The networks of a parsed document in its order; a refusal where the root is another or there is no network."""
    root_name = paths.names[root.tag]
    if root_name != "TADIGRAEXIR21":
        return Refusal("wrong-root", f"the root element is {quoted(root_name)}, not TADIGRAEXIR21")
    header = _read_header(root, country_codes, log)
    reading = Reading(log, paths, header.created, origin.sha256)
    parts = find_networks(root, reading)
    if not parts:
        return Refusal("network-missing", "the document holds no network with a TADIG code")
    summary = _summary(root)
    plmns = {part.tadig: _plmns(part, summary) for part in parts}
    reading.own_domains = tuple(domain for found in plmns.values() for plmn in found for domain in _domains(plmn))
    own_keys = {part.tadig: _own_keys(part, header) for part in parts}
    reading.own_keys = frozenset(key for keys in own_keys.values() for key in keys)
    sections = sections_of(parts, reading)
    assembly = _Assembly(header, origin, reading)
    return [assembly.record(part, sections[part.tadig], plmns[part.tadig], own_keys[part.tadig]) for part in parts]


@dataclass(slots=True)
class _Assembly:
    """Puts what sections hold together to the rows of networks."""

    header: Header
    origin: Origin
    reading: Reading
    _rows_left: int = ROWS

    def record(
        self, part: NetworkPart, sections: Mapping[str, Section], plmns: tuple[str, ...], own_keys: frozenset[str]
    ) -> Record:
        """One network with the rows of all sections that hold for it."""
        names = [name for name in _READERS if name in sections] + [name for name in part.unknown if name in sections]
        for name in names:
            _read(name, sections[name])
        found = [sections[name] for name in names]
        named = [(one, section.effective_from) for section in found for one in section.named]
        services = {service: _state(service, part, sections, named, own_keys) for service in SERVICES}
        header, origin = self.header, self.origin
        network = Network(
            part.tadig, header.country, header.organisation, part.name, plmns, header.created,
            header.schema_version, origin.sha256, origin.path, services, part.network_type,
        )  # fmt: skip
        declarations = self._fit([self._declaration(network, one, since, own_keys) for one, since in named], part)
        numbering = self._fit(self._numbering(part.tadig, found), part)
        _check_codes(part.tadig, plmns, found, self.reading)
        return Record(network, declarations, numbering, header.created_at)

    def _declaration(
        self, network: Network, named: Named, effective_from: date | None, own_keys: frozenset[str]
    ) -> Declaration:
        return Declaration(
            network.tadig, network.country, network.organisation, network.mcc_mnc, named.service, named.role_text,
            named.role, named.carrier_text, named.carrier_name, named.point_code, named.asn, effective_from,
            network.document_created, network.schema_version, network.document_sha256, named.element_path,
            named.inferred, named.confidence, own_key(named.carrier_name) in own_keys,
        )  # fmt: skip

    def _numbering(self, tadig: str, found: list[Section]) -> list[Numbering]:
        """The rows of all sections; those of an attached section as rows of this network."""
        rows: list[Numbering] = []
        for section in found:
            if section.tadig == tadig:
                rows += section.numbers
            else:
                rows += [tuple.__new__(Numbering, (tadig, *row[1:])) for row in section.numbers]
        return rows

    def _fit(self, rows: list[_Row], part: NetworkPart) -> list[_Row]:
        if len(rows) > self._rows_left:
            message = f"more than {ROWS:,} rows in one document; the rest was left out"
            self.reading.log.add("rows-truncated", message, tadig=part.tadig, place=part.path)
            rows = rows[: self._rows_left]
        self._rows_left -= len(rows)
        return rows


def _read(name: str, section: Section) -> None:
    """Read a section once, for however many networks it holds."""
    if not section.is_read:
        section.is_read = True
        for read in _READERS.get(name, (read_n32,)):
            read(section)


def _read_header(root: etree._Element, country_codes: Mapping[str, str], log: ProblemLog) -> Header:
    header = child(root, "RAEXIR21FileHeader")
    organisation = child(root, "OrganisationInfo")
    version = text_of(header, "TADIGRAEXIR21SchemaVersion") if header is not None else None
    stamp = text_of(header, "FileCreationTimestamp") if header is not None else None
    name = text_of(organisation, "OrganisationName") if organisation is not None else None
    letters = text_of(organisation, "CountryInitials") if organisation is not None else None
    if not _is_known(version):
        said = quoted(version) if version else "absent"
        log.add("schema-unknown", f"the schema version is {said}", place="RAEXIR21FileHeader")
    if stamp and parse_date(stamp) is None:
        log.add("date-invalid", f"{quoted(stamp)} is no date", place="RAEXIR21FileHeader/FileCreationTimestamp")
    country = country_codes.get(letters.upper()) if letters else None
    if country is None and country_codes:
        said = quoted(letters) if letters else "absent"
        log.add("country-unknown", f"CountryInitials is {said}", place="OrganisationInfo/CountryInitials")
    return Header(
        written(name),
        country,
        written(version)[:16],
        parse_date(stamp),
        moment(stamp),
    )


def _is_known(version: str | None) -> bool:
    major = (version or "").partition(".")[0]
    return major.isascii() and major.isdigit() and len(major) < 3 and int(major) in _SCHEMAS


def _summary(root: etree._Element) -> dict[str, list[str]]:
    """TADIG → MCC and MNC, unchecked, as the TADIGSummaryList of 18.0 has them."""
    organisation = child(root, "OrganisationInfo")
    summary = child(organisation, "TADIGSummaryList") if organisation is not None else None
    found: dict[str, list[str]] = {}
    for _, item in islice(children(summary, "TADIGSummaryItem"), NETWORKS) if summary is not None else ():
        properties = child(item, "NetworkProperties")
        if properties is not None:
            found.setdefault((text_of(item, "TADIGCode") or "").upper(), []).append(codes_of(properties))
    return found


def _plmns(part: NetworkPart, summary: Mapping[str, list[str]]) -> tuple[str, ...]:
    """PLMN ids out of RoutingInfo and the summary of 18.0, valid ones only, sorted."""
    routing = part.sections.get("RoutingInfoSection")
    found = [codes_of(series) for series in routing.info.iterchildren("{*}CCITT_E212_NumberSeries")] if routing else []
    return tuple(sorted({plmn for plmn in map(plmn_digits, found + summary.get(part.tadig, [])) if plmn}))


def _domains(plmn: str) -> tuple[str, ...]:
    """The domains of a network with a dot before them, MNC padded or not. Ref: 3GPP TS 23.003 §19.2, which pads it."""
    parents = ("3gppnetwork.org", "pub.3gppnetwork.org", "gprs")
    codes = {plmn[3:].zfill(3), plmn[3:]}
    return tuple(f".mnc{mnc}.mcc{plmn[:3]}.{parent}" for mnc in sorted(codes) for parent in parents)


def _own_keys(part: NetworkPart, header: Header) -> frozenset[str]:
    names = (header.organisation, part.name, part.tadig)
    return frozenset(key for key in map(own_key, names) if key) | {"own"}


def _state(
    service: Service,
    part: NetworkPart,
    sections: Mapping[str, Section],
    named: list[tuple[Named, date | None]],
    own_keys: frozenset[str],
) -> ServiceState:
    names = [one.carrier_name for one, _ in named if one.service == service]
    if names:
        return "own_gateway" if all(own_key(name) in own_keys for name in names) else "declared"
    own = _SECTION_OF.get(service, ())
    says_no = any(name in part.sections and name not in sections for name in own)
    return "not_applicable" if says_no and not any(name in sections for name in own) else "missing"


def _check_codes(tadig: str, plmns: tuple[str, ...], found: list[Section], reading: Reading) -> None:
    """Tell of numbers outside the calling codes of the network's own subscribers, and of odd identities."""
    codes: dict[str, set[str]] = {}
    for section in found:
        for kind, seen in section.calling_codes.items():
            codes.setdefault(kind, set()).update(seen)
    own = codes.get("msisdn_range") or codes.get("gt_range") or set()
    for kind in ("gt_range", "msrn_range", "node", "e214"):
        foreign = sorted(codes.get(kind, set()) - own)
        if own and foreign:
            code = "e214-foreign" if kind == "e214" else "calling-code-foreign"
            words = f"{kind} under +{', +'.join(foreign[:5])}, subscribers under +{', +'.join(sorted(own)[:5])}"
            reading.log.add(code, words, tadig=tadig)
    if not plmns:
        reading.log.add("plmn-missing", "no MCC and MNC", tadig=tadig)
    if not is_tadig(tadig):
        reading.log.add("tadig-unusual", f"{quoted(tadig)} has not the form of a TADIG code", tadig=tadig)
