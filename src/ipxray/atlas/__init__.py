"""Who carries whom, and who controls the carrier: names resolved, links with share bounds, owners by cascade."""

from __future__ import annotations

from ipxray.atlas.adversary import adversary, controllers
from ipxray.atlas.build import build, owned_anew
from ipxray.atlas.check import PROBLEMS, cross_check
from ipxray.atlas.mentions import resolve
from ipxray.atlas.model import (
    CONTROL_RULES,
    Adversary,
    Atlas,
    Control,
    ControlRule,
    Link,
    Membership,
    Operator,
    Unresolved,
    VendorShare,
)
from ipxray.atlas.shares import ShareBox, share_boxes

__all__ = [
    "CONTROL_RULES", "PROBLEMS", "Adversary", "Atlas", "Control", "ControlRule", "Link", "Membership", "Operator",
    "ShareBox", "Unresolved", "VendorShare", "adversary", "build", "controllers", "cross_check", "owned_anew",
    "resolve", "share_boxes",
]  # fmt: skip
