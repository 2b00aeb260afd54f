"""RoutingInfo: numbers, networks and the free text in which some operators name their SMS hub."""

from __future__ import annotations

from itertools import pairwise

from ipxray.lab.elements import Element, branch, leaf
from ipxray.lab.forms import SMS_HUB_LINES
from ipxray.lab.sections import Page, change_history, number_range

__all__ = ["routing_section"]

_SUBSCRIBER_NUMBERS = 800_000
"""Subscriber numbers 000000 to 799999 are MSISDNs; nodes and roaming numbers lie above."""


def routing_section(page: Page) -> Element:
    """The first section of every network. Up to version 8.x its fields stand directly in the section."""
    modern = page.version != "8.2"
    series = branch(
        "CCITT_E164_NumberSeries",
        branch("MSISDN_NumberRanges", *_subscriber_ranges(page)),
        branch("GT_NumberRanges", number_range(page, page.network.base, "900000", "909999")),
        branch("MSRN_NumberRanges", number_range(page, page.network.base, "910000", "919999", plain=not modern)),
    )
    fields = [
        leaf("EffectiveDateOfChange", page.network.services["sms_hub"].effective),
        series,
        branch("CCITT_E212_NumberSeries", leaf("MCC", page.network.mcc), leaf("MNC", page.network.mnc)),
        branch("CCITT_E214_MGT", leaf("MGT_CC", "999"), leaf("MGT_NC", page.network.base)),
        leaf("DoesNumberPortabilityApply", text=True),
        leaf("Is15DigitMSISDNSupported", text=True) if modern else None,
        _additional_information(page),
        _ported_ranges(page),
        leaf("USIM_SIM_Header", f"{page.network.mcc}{page.network.mnc:0<3}") if modern else None,
        change_history(
            page, page.network.services["sms_hub"].effective, 2 if page.is_second else page.organisation.history
        ),
    ]
    if modern:
        return branch("RoutingInfoSection", branch("RoutingInfo", *fields))
    return branch("RoutingInfoSection", *fields)


def _subscriber_ranges(page: Page) -> list[Element]:
    count = page.network.ranges
    edges = [_SUBSCRIBER_NUMBERS * place // count for place in range(count + 1)]
    return [number_range(page, page.network.base, f"{start:06d}", f"{stop - 1:06d}") for start, stop in pairwise(edges)]


def _ported_ranges(page: Page) -> Element | None:
    """Ranges of a neighbour from which numbers may be ported in: never a sign of ownership."""
    if page.network.number == 1:
        return None
    ranges = [
        branch(
            "NP_E164NumberRange",
            leaf("CC", "999"),
            leaf("NDC", f"{page.network.number - 1:04d}"),
            branch("SN_Range", leaf("SN_RangeStart", start), leaf("SN_RangeStop", stop)),
        )
        for start, stop in (("000000", "399999"), ("400000", "799999"))
    ]
    return branch("NP_E164NumberRangesList", *ranges)


def _additional_information(page: Page) -> Element:
    lines = [f"{page.network.name} is fictional: no subscriber, node or contact of it exists."]
    if page.is_second:
        lines.append(f"Please refer to the {page.organisation.networks[0].tadig} part of this document for most data.")
    names = [mention.name for mention in page.network.services["sms_hub"].mentions]
    if names:
        lines.append(SMS_HUB_LINES[page.network.number % len(SMS_HUB_LINES)].format(" & ".join(names)))
    lines.append(f"{page.network.name} applies SMS Home Routing to all incoming SMS requests.")
    return branch("AdditionalInformation", *(leaf("AdditionalInformationLine", line) for line in lines))
