"""Who and where: subscribers, numbers, networks and nodes by their standard identities, compared by value.

What may name a subscriber (Imsi, E164Number, GlobalTitle) shows its prefix only; `pseudonym` gives it a lasting mask,
and only `reveal` gives it whole.
Every `parse` returns a value or raises ipxray.errors.UsageError, which never repeats the text.
"""

from __future__ import annotations

from ipxray.identity.asn import Asn
from ipxray.identity.diameter import DiameterIdentity
from ipxray.identity.e164 import E164Number
from ipxray.identity.e214 import e214_from_imsi, imsi_from_e214
from ipxray.identity.global_title import GlobalTitle, NumberingPlan
from ipxray.identity.imsi import Imsi
from ipxray.identity.national_point_code import NationalPointCode
from ipxray.identity.plmn import PlmnId
from ipxray.identity.point_code import PointCode
from ipxray.identity.pseudonym import PseudonymKey
from ipxray.identity.tadig import TadigCode

__all__ = [
    "Asn", "DiameterIdentity", "E164Number", "GlobalTitle", "Imsi", "NationalPointCode", "NumberingPlan", "PlmnId",
    "PointCode", "PseudonymKey", "TadigCode", "e214_from_imsi", "imsi_from_e214",
]  # fmt: skip
