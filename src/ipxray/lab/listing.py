"""Operators known from a list alone: the declaration CSV, one line for each carrier, service and point code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipxray.lab.forms import ROLE_WORDS
from ipxray.lab.plan import NetworkPlan, OrganisationPlan

__all__ = ["declaration_csv"]

_HEADER = "tadig,country,organisation,mcc_mnc,service,carrier,role,point_code,asn,effective_from,document_created"


def declaration_csv(organisations: Sequence[OrganisationPlan]) -> bytes:
    """Write the list. Names of one service without roles share a quoted cell, as "A, B"."""
    lines = [_HEADER]
    for organisation in organisations:
        for network in organisation.networks:
            lines += _lines(organisation, network)
    return "\n".join([*lines, ""]).encode()


def _lines(organisation: OrganisationPlan, network: NetworkPlan) -> Iterator[str]:
    head = f"{network.tadig},{organisation.place.iso2},{organisation.name},{network.mcc}{network.mnc}"
    for service, plan in network.services.items():
        dates = f"{plan.effective},{organisation.created}"
        if service == "grx":
            names = ", ".join(mention.name for mention in plan.mentions)
            yield f'{head},{service},"{names}",,,,{dates}'
            continue
        for mention in plan.mentions:
            role = ROLE_WORDS.get(mention.role, ("",))[0]
            for code in mention.point_codes or (None,):
                written = "" if code is None else f"{code >> 11}-{code >> 3 & 255}-{code & 7}"
                yield f"{head},{service},{mention.name},{role},{written},,{dates}"
