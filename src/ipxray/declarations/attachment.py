"""Which section holds for which network: it may be attached to others, which then say "not applicable"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml import etree

from ipxray.declarations.section import Reading, Section, parse_date
from ipxray.declarations.text import legible, quoted, written
from ipxray.declarations.xml import child, children, text_of, texts_of

__all__ = ["NETWORKS", "SECTIONS", "NetworkPart", "find_networks", "sections_of"]

NETWORKS: Final = 1_000
"""The most networks of one document; the most seen are two, the largest groups have some forty."""

ATTACHED: Final = 1_000

SECTIONS: Final = frozenset(
    [
        "RoutingInfoSection", "InternationalSCCPGatewaySection", "NetworkElementsInfoSection", "CAMELInfoSection",
        "IPRoaming_IW_InfoSection", "GRXIPXRoutingForDataRoamingSection", "MMS_IW_InfoSection", "LTEInfoSection",
        "SignallingInfoSection", "M2MRoamingInfoSection", "RoamingHubProviderInfoSection",
    ]
)  # fmt: skip
"""The sections that are read. Contact and packet data sections, with personal data and passwords, are never entered."""

_LEFT_ALONE: Final = frozenset(
    [
        "DomesticSCCPGatewaySection", "SCCPProtocolAvailableAtPMNSection", "SubscrIdentityAuthenticationSection",
        "TestNumbersInfoSection", "MAPGeneralInfoSection", "MAPOptimalRoutingSection",
        "MAPInterOperatorSMSEnhancementSection", "USSDInfoSection", "PacketDataServiceInfoSection",
        "WLANInfoSection", "ContactInfoSection", "MVNOInformationSection", "VoLTERoamingInfoSection",
        "LPWARoamingInfoSection",
    ]
)  # fmt: skip


@dataclass(slots=True)
class NetworkPart:
    """One Network element: who it is, and its sections by name, None where one says "not applicable"."""

    tadig: str
    path: str
    name: str
    network_type: str
    sections: dict[str, Section | None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    """Names of sections that are neither read nor known to be irrelevant."""


def find_networks(root: etree._Element, reading: Reading) -> list[NetworkPart]:
    """The networks of a document with their own sections; a code that occurs twice counts once."""
    found: dict[str, NetworkPart] = {}
    organisation = child(root, "OrganisationInfo")
    listed = child(organisation, "NetworkList") if organisation is not None else None
    elements = listed.iterchildren("{*}Network") if listed is not None else root.iterdescendants("{*}Network")
    for number, element in enumerate(islice(elements, NETWORKS + 1), 1):
        if number > NETWORKS:
            reading.log.add("rows-truncated", f"more than {NETWORKS:,} networks in one document")
            break
        path = f"Network[{number}]"
        fields = texts_of(element, reading.names)
        tadig = _code(fields.get("TADIGCode"))
        if not tadig:
            reading.log.add("tadig-missing", "a network has no TADIG code", place=path)
        elif tadig in found:
            reading.log.add("tadig-repeated", f"{tadig} occurs twice in this document", tadig=tadig, place=path)
        else:
            found[tadig] = NetworkPart(
                tadig, path, written(fields.get("NetworkName")), written(fields.get("NetworkType"))
            )
            _find_sections(found[tadig], child(element, "NetworkData"), reading)
    return list(found.values())


def _code(text: str | None) -> str:
    return legible(text or "").strip()[:16].upper()


def _find_sections(part: NetworkPart, data: etree._Element | None, reading: Reading) -> None:
    for element in islice(data, NETWORKS) if data is not None else ():
        name = reading.names[element.tag]
        if name in _LEFT_ALONE:
            continue
        path = f"{part.path}/NetworkData/{name}"
        if name in part.sections:
            reading.log.add("section-repeated", f"{quoted(name)} occurs twice", tadig=part.tadig, place=path[:300])
            continue
        part.sections[name] = _info_of(element, name, path, part.tadig, reading)
        if name not in SECTIONS:
            part.unknown.append(name)
            message = f"the section {quoted(name)} is not known"
            reading.log.add("section-not-understood", message, tadig=part.tadig, place=path[:300])


def _info_of(section: etree._Element, section_name: str, path: str, tadig: str, reading: Reading) -> Section | None:
    """The Info element of a section, or itself where the fields stand directly below (8.x); None for SectionNA."""
    info = None
    has_na = False
    for element in islice(section, 8):
        name = reading.names[element.tag]
        if name == "SectionNA":
            has_na = True
        elif name in ("EffectiveDateOfChange", "SectionAttachedNetworkList", "CCITT_E164_NumberSeries"):
            info = section
            break
        elif info is None:
            info, path = element, f"{path}/{name}"
    if info is None:
        return None
    if has_na:
        message = f"{section_name} says 'not applicable' and more"
        reading.log.add("section-contradiction", message, tadig=tadig, place=path)
    changed = text_of(info, "EffectiveDateOfChange")
    effective = parse_date(changed)
    if changed and effective is None:
        reading.log.add(
            "date-invalid", f"{quoted(changed)} is no date", tadig=tadig, place=f"{path}/EffectiveDateOfChange"
        )
    return Section(info, path, effective, tadig, reading)


def sections_of(parts: Sequence[NetworkPart], reading: Reading) -> Mapping[str, Mapping[str, Section]]:
    """TADIG → section name → the section that holds for it: its own, else the first that attaches it."""
    known = {part.tadig for part in parts}
    held: dict[str, dict[str, Section]] = {
        part.tadig: {name: section for name, section in part.sections.items() if section is not None} for part in parts
    }
    attached: dict[str, dict[str, Section]] = {part.tadig: {} for part in parts}
    for part in parts:
        for name, section in part.sections.items():
            for code in _attached_to(section) if section is not None else ():
                if code not in known:
                    message = f"{name} holds for {quoted(code)} too, a network that is not in the document"
                    reading.log.add("attached-unknown", message, tadig=part.tadig)
                elif name in attached[code] and attached[code][name].tadig != part.tadig:
                    message = f"{name} is attached by {attached[code][name].tadig} and by {part.tadig}"
                    reading.log.add("attached-twice", message, tadig=code)
                elif code != part.tadig and section is not None:
                    attached[code][name] = section
    for code, sections in attached.items():
        filled = [name for name in sections if name not in held[code]]
        held[code].update((name, sections[name]) for name in filled)
        if filled:
            givers = ", ".join(dict.fromkeys(sections[name].tadig for name in filled))
            message = f"{len(filled)} sections are taken from {givers}, which attaches them: {', '.join(filled)[:300]}"
            reading.log.add("section-attached", message, tadig=code)
    return held


def _attached_to(section: Section) -> list[str]:
    listed = child(section.info, "SectionAttachedNetworkList")
    codes = (
        (_code(item.text) for _, item in islice(children(listed, "tadigCodeItem"), ATTACHED))
        if listed is not None
        else ()
    )
    return [code for code in codes if code]
