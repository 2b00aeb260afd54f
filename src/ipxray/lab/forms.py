"""The forms in which operators word what they declare, each a trap that a reader of IR.21 must pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from ipxray.lab.plan import Form, RoleName, Version

__all__ = [
    "FORMS", "GENERIC_NAME", "ROLE_COMMENTS", "ROLE_WORDS", "SMS_HUB_LINES", "VERSIONS", "deal_forms", "deal_versions",
]  # fmt: skip

FORMS: Mapping[str, tuple[Form, ...]] = {
    "sccp": (
        "generic_carrier_name",  # "SCCP Carrier"; the names stand in SCSignature
        "generic_load_balanced",  # the same, all "Primary", and a comment that asks for load sharing
        "generic_unsigned",  # "SCCP Carrier", and signatures that name nobody either
        "own_gateway",  # the operator names itself
        "role_in_comments",  # no SCCPConnectivityInformation: only a comment says who is second
        "role_corrected_by_comment",  # all "Primary", but a comment says who is second
        "several_primary",
        "load_sharing",
        "primary_and_backup",
        "pending",  # the whole section takes effect after the date of the truth
        "foreign_point_code",  # a point code that the register gives to another carrier
        "two_spellings",  # one carrier twice, under two names and in two roles
        "ambiguous_name",
        "ambiguous_name_settled",  # ambiguous, but its point code belongs to one of the two
        "old_name",  # a name given up since; the document is older than the change
        "expired_name",  # the same name in a document younger than the change: nobody's by then
        "reused_name",  # a name that meant one carrier until a date and another since
        "unknown_name",
        "not_applicable",
    ),
    "grx": (
        "name_with_asn",  # "Name (64496)"
        "old_name_in_brackets",  # "Name (Old name) (64496)"
        "list_in_one_element",  # "A, B / C"
        "odd_blanks",  # "A   B "
        "legal_form",  # "A B, Inc."
        "ambiguous_name",
        "unknown_name",
        "pending",
        "not_applicable",
        "plain",
    ),
    "diameter": (
        "hosted_edge_agent",  # a host name under a carrier's domain beside the named providers
        "hosted_only",  # no provider named at all
        "odd_edge_agents",  # "a and b" in one FQDN, 0.0.0.0 as an address
        "list_in_one_element",
        "upper_case",
        "unknown_name",
        "pending",
        "not_applicable",
        "plain",
    ),
    "mms": ("hub", "no_hub", "not_applicable"),
    "sms_hub": ("free_text", "none"),
}
"""Service → forms. A world of enough operators has every form; the last ones named in _USUAL are the common ones."""

_USUAL: Mapping[str, tuple[Form, ...]] = {
    "sccp": ("several_primary", "load_sharing", "primary_and_backup", "primary_and_backup", "generic_carrier_name"),
    "grx": ("plain", "plain", "plain", "name_with_asn", "list_in_one_element"),
    "diameter": ("plain", "plain", "plain", "hosted_edge_agent"),
    "mms": ("hub", "no_hub", "not_applicable"),
    "sms_hub": ("none", "none", "free_text"),
}
VERSIONS: tuple[Version, ...] = ("8.2", "13.1", "14.0", "18.0")
_USUAL_VERSIONS: tuple[Version, ...] = ("13.1", "13.1", "14.0", "14.0", "14.0", "18.0", "18.0", "8.2")

ROLE_WORDS: Mapping[RoleName, tuple[str, ...]] = {
    "primary": ("Primary",),
    "backup": ("Backup", "Secondary"),
    "load_sharing": ("Load Sharing", "Loadsharing"),
}
ROLE_COMMENTS: Mapping[RoleName, str] = {
    "primary": "To be used as primary option",
    "backup": "To be used as secondary option (without loadsharing)",
    "load_sharing": "Please configure all of these point codes for sharing Load Balance",
}
GENERIC_NAME = "SCCP Carrier"
SMS_HUB_LINES = ("SS7 SMS Hub Provider: {}", "SMS Hub Provider: {}", "SMS Hub: {}")


def deal_forms(service: str, count: int, random: Random) -> list[Form]:
    """Deal one form to each of `count` operators: every form once, the usual ones for the rest, in random order."""
    forms = FORMS[service]
    dealt = [forms[rank] if rank < len(forms) else random.choice(_USUAL[service]) for rank in range(count)]
    random.shuffle(dealt)
    return dealt


def deal_versions(count: int, random: Random) -> Sequence[Version]:
    """Deal one schema version to each of `count` operators, every version at least once."""
    dealt = [VERSIONS[rank] if rank < len(VERSIONS) else random.choice(_USUAL_VERSIONS) for rank in range(count)]
    random.shuffle(dealt)
    return dealt
