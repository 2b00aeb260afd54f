"""The mobile global title: an IMSI whose MCC and MNC are replaced by CC and NC. Ref: ITU-T E.214 §6."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ipxray.errors import UsageError
from ipxray.identity.global_title import LONGEST_TITLE, GlobalTitle, NumberingPlan
from ipxray.identity.imsi import LONGEST_IMSI, SHORTEST_IMSI, Imsi
from ipxray.identity.plmn import PlmnId
from ipxray.identity.reading import read

__all__ = ["e214_from_imsi", "imsi_from_e214"]

LONGEST_PREFIX: Final = 13
"""Country code (3) and the longest national code that IR.21 has room for (10)."""

_PREFIX: Final = re.compile(r"[1-9][0-9]{0,12}")


def imsi_from_e214(title: GlobalTitle, plmn_of_prefix: Mapping[str, PlmnId]) -> Imsi | None:
    """Turn a mobile global title back into an IMSI, given the network of each CC and NC; the longest prefix wins.

    None when no prefix is known or no IMSI can be behind the title. E.214 §6.3 cuts a title at 15 digits, so an IMSI
    behind a prefix longer than its MCC and MNC may lack its last digits. Raises UsageError for a title of another plan.
    """
    if title.plan is not NumberingPlan.E214:
        raise UsageError("not a mobile global title", hint="a global title of plan E.214")
    digits = title.reveal()
    for length in range(min(LONGEST_PREFIX, len(digits)), 0, -1):
        plmn = plmn_of_prefix.get(digits[:length])
        if plmn is not None:
            found = plmn.digits + digits[length:]
            whole = SHORTEST_IMSI <= len(found) <= LONGEST_IMSI and len(digits) > length
            return Imsi(found) if whole else None
    return None


def e214_from_imsi(imsi: Imsi, prefix: str, *, mnc_length: int) -> GlobalTitle:
    """Build the mobile global title of an IMSI, given CC and NC of its network; cut at 15 digits (E.214 §6.3).

    Raises UsageError for a prefix that is not 1 to 13 digits without a leading 0, and for an MNC length but 2 and 3.
    """
    read(prefix, _PREFIX, refusal="not a mobile global title prefix", accepted="1 to 13 digits, country code first")
    subscriber = imsi.reveal()[len(imsi.plmn(mnc_length).digits) :]
    return GlobalTitle((prefix + subscriber)[:LONGEST_TITLE], NumberingPlan.E214)
