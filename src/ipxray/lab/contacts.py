"""Contacts: role addresses and people who do not exist, each marked as a decoy that a reader must pass over."""

from __future__ import annotations

from ipxray.lab.elements import Element, branch, leaf
from ipxray.lab.routine import DECOY
from ipxray.lab.sections import Page, change_history

__all__ = ["contact_section"]

_DESKS = (
    "SCCPInquiriesAndOrderingOfSS7Routes", "RoamingCoordinator", "IREGTests", "TADIGTests", "GPRSContact",
    "GRXConnectivityContactAtPMN", "Other_Contact",
)  # fmt: skip


def contact_section(page: Page) -> Element:
    """The one section besides routing that every network fills in."""
    day = page.routine_date
    return branch(
        "ContactInfoSection",
        branch(
            "ContactInfo",
            leaf("EffectiveDateOfChange", day),
            branch("RTContactInfoList", branch("RTContactInfo", *_round_the_clock(page))),
            *(branch(desk, branch("ContactPerson", *_person(page, desk))) for desk in _DESKS),
            branch("IR21DistributionEmailAddressList", leaf("IR21DistributionEmailAddress", _address(page, "ir21"))),
            change_history(page, day),
        ),
    )


def _round_the_clock(page: Page) -> list[Element]:
    hours = branch(
        "OfficeHour",
        leaf("startTime", "08:00:00"),
        leaf("endTime", "17:00:00"),
        leaf("inclusiveAllWeekDays", text=False),
    )
    return [
        leaf("Location", "Nowhere"),
        leaf("UTCTimeOffset", page.organisation.place.utc_offset),
        branch("OfficeHours", hours),
        branch("MainContact", leaf("TeamName", f"{DECOY} roaming desk"), *_reach(page, "desk")),
        branch("EscalationContact", *_person(page, "escalation")),
        branch("TS24x7Contact", leaf("TeamName", f"{DECOY} night watch"), *_reach(page, "night")),
    ]


def _person(page: Page, desk: str) -> list[Element]:
    return [leaf("GivenName", DECOY), leaf("FamilyName", f"{DECOY} {desk}"), *_reach(page, desk)]


def _reach(page: Page, desk: str) -> list[Element]:
    return [
        branch("PhoneFixList", leaf("PhoneFix", f"+999 {page.network.base} 000000")),
        branch("EmailList", leaf("Email", _address(page, desk))),
    ]


def _address(page: Page, desk: str) -> str:
    return f"{desk.lower()}.{page.network.tadig.lower()}@example.invalid"
