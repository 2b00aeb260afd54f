"""Who carries messages: MMS hubs by their field, SMS hubs out of free text, roaming hubs and N32 by any name."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from ipxray.declarations.carriers import CARRIERS, declare
from ipxray.declarations.names import CarrierName, is_generic, is_void, split_names
from ipxray.declarations.rows import Service
from ipxray.declarations.section import Named, Section
from ipxray.declarations.text import without_numbers
from ipxray.declarations.xml import child, children, leaves

__all__ = ["read_mms", "read_n32", "read_roaming_hub", "read_sms_hub"]

LINES: Final = 500
"""Lines of free text looked at; the longest text seen has 13."""

_SMS_HUB: Final = re.compile(
    r"\bsms\b[\w /-]{0,30}?\bhub(?:s|bing)?\b"
    r"(?:[ -](?:providers?|partners?|carriers?|operators?|is|are)){0,2} ?[:=] ?([^:]{2,120})$",
    re.IGNORECASE,
)
_WORDS_OF_A_NAME: Final = 5
_HUB_NAME: Final = re.compile(r"(?:Hub|Provider|Carrier|HubProvider|IPXProvider|IPXDiameterProvider|RoamingHub)Name")
_N32: Final = re.compile(r"N32|SEPP", re.IGNORECASE)


def read_mms(section: Section) -> None:
    """Hubs of multimedia messages; the schema writes MMS__IW_Hub with two underscores."""
    servers = child(section.info, "MMSE_List")
    for number, server in islice(children(servers, "MMSE"), CARRIERS) if servers is not None else ():
        hubs = child(server, "MMS_IW_HubList")
        stem = f"{section.path}/MMSE_List/MMSE[{number}]/MMS_IW_HubList"
        for hub_number, hub in enumerate(islice(hubs, CARRIERS), 1) if hubs is not None else ():
            path = f"{stem}/{section.reading.names[hub.tag]}[{hub_number}]/MMS_IW_HubName"
            named = child(hub, "MMS_IW_HubName")
            declare(section, "mms", hub.text if named is None else named.text, path)


def read_sms_hub(section: Section) -> None:
    """Hubs out of lines such as "SS7 SMS Hub Provider: A & B": IR.21 has no field for them, so confidence is low."""
    free_text = child(section.info, "AdditionalInformation")
    lines = children(free_text, "AdditionalInformationLine") if free_text is not None else ()
    for number, line in islice(lines, LINES):
        if not line.text or "hub" not in line.text.lower():
            continue
        path = f"{section.path}/AdditionalInformation/AdditionalInformationLine[{number}]"
        text = without_numbers(section.text(line.text, path))
        told = _SMS_HUB.search(" ".join(text.split()))
        for name in split_names(told[1].rstrip(". ")) if told else ():
            is_name = (
                len(name.name.split()) <= _WORDS_OF_A_NAME and not is_void(name.name) and not is_generic(name.name)
            )
            if is_name and len(section.named) < CARRIERS:
                section.named.append(_told("sms_hub", text, name, path))


def _told(service: Service, text: str, name: CarrierName, path: str) -> Named:
    return Named(service, None, "unstated", text, name.name, None, name.asn, path, inferred=True, confidence="low")


def read_roaming_hub(section: Section) -> None:
    """Providers of roaming hubs; no document seen fills this section, so every name of a hub or provider counts."""
    _read_by_name(section, "roaming_hub")


def read_n32(section: Section) -> None:
    """Carriers of N32 between 5G cores, in a section whose name or content speaks of N32 or SEPP."""
    _read_by_name(section, "n32")


def _read_by_name(section: Section, service: Service) -> None:
    for path, name, leaf in leaves(section.info, section.path, section.reading.names):
        if _HUB_NAME.search(name) and (service != "n32" or _N32.search(path)):
            declare(section, service, leaf.text, path)
