"""What protects messages between two networks whoever carries them: encryption, home routing, local breakout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ipxray.exposure import ENDS, MEASURED_SERVICES, Array, Blend, Flags, Message, messages

__all__ = ["Protection", "coefficients"]

_QUERIES_FOR_TEXTS = "sccp", "SendRoutingInfo and SendRoutingInfoForSM answer"
_QUERIES_FOR_TEXTS_ONLY = "diameter", "Send-Routing-Info-for-SM-Answer"


class Protection(NamedTuple):
    """One measure between pairs [home, visited]: encrypt, home_route_sms or break_out; the share it reaches."""

    kind: str
    pairs: Flags
    share: float

    def left(self, message: Message, threat: str, parameters: Mapping[str, float]) -> float:
        """Part of such messages that stays open to this threat."""
        reached = {
            "encrypt": message.service == "diameter",
            "home_route_sms": (message.service, message.message) in (_QUERIES_FOR_TEXTS, _QUERIES_FOR_TEXTS_ONLY),
            "break_out": message.service == "grx" and (threat != "inject" or message.data_class == "user_traffic"),
        }[self.kind]
        share = self.share if reached else 0.0
        if (message.service, message.message) == _QUERIES_FOR_TEXTS:
            share *= parameters["sms_query_share"]
        return 1.0 - share


def coefficients(kinds: Sequence[Blend], active: Sequence[Protection], parameters: Mapping[str, float]) -> Array:
    """[blend, service, end]: the coefficients of each blend with these protections in force."""
    if not active:
        return np.stack([kind.coefficients for kind in kinds])
    return np.stack([kind.coefficients * _left(kind, active, parameters) for kind in kinds])


def _left(kind: Blend, active: Sequence[Protection], parameters: Mapping[str, float]) -> Array:
    """[service, end]: part of the blend's messages that stays open, by weight of the message kinds behind it."""
    whole, left = np.zeros((2, len(MEASURED_SERVICES), len(ENDS)))
    for message in messages():
        end = message.forged_to if kind.threat == "inject" else message.path if kind.threat in message.threats else None
        if message.data_class == kind.data_class and end is not None and kind.direction in (message.payload, "both"):
            place = MEASURED_SERVICES.index(message.service), ENDS.index(end)
            whole[place] += message.weight
            part = message.weight
            for protection in active:
                part *= protection.left(message, kind.threat, parameters)
            left[place] += part
    return np.divide(left, whole, out=np.ones_like(left), where=whole > 0.0)
