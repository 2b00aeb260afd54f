"""What the lab plans of every message before a byte exists: one row, fixed columns, so that millions are one array."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["BENIGN", "ROW", "Ints", "Rows", "joined"]

Rows: TypeAlias = NDArray[np.void]
Ints: TypeAlias = NDArray[Any]

BENIGN = 0
"""The campaign of everything that is no attack; campaigns count from 1."""

ROW = np.dtype(
    [
        ("at", "i8"),  # microseconds since 1970
        ("template", "i2"),
        ("campaign", "i2"),
        ("is_lost", "?"),  # passed the link, but not into the capture
        # subscriber
        ("imsi", "i8"),
        ("msisdn", "i8"),
        # numbers of nodes, E.164 without a mark: SCCP addresses, then those inside the message
        ("calling", "i8"),
        ("called", "i8"),
        ("node", "i8"),
        ("other", "i8"),
        # SS7
        ("opc", "u2"),
        ("dpc", "u2"),
        ("otid", "u4"),
        ("dtid", "u4"),
        # the association or address pair on which it runs
        ("source", "u4"),
        ("target", "u4"),
        ("ports", "u4"),  # of source and target
        ("stream", "u4"),  # TSN or TCP sequence number, counted when the frame is written
        ("tag", "u4"),  # verification tag or acknowledgement number
        # Diameter: positions in the table of names
        ("opener", "i4"),  # who opened the session
        ("host", "i4"),
        ("realm", "i4"),
        ("to_host", "i4"),
        ("to_realm", "i4"),
        ("via", "i4"),
        ("via_carrier", "i4"),
        ("hop", "u4"),
        ("end", "u4"),
        ("session", "u4"),
        # place and tunnels
        ("plmn", "u4"),
        ("area", "u2"),
        ("cell", "u2"),
        ("teid", "u4"),
        ("tunnel", "u4"),
        ("tunnel_user", "u4"),
        ("address", "u4"),
        ("apn", "i4"),  # operator identifier, in the table of names
        ("sequence", "u4"),
    ]
)
"""Columns of a planned message; zero where a template does not need one."""


def joined(parts: list[Rows]) -> Rows:
    """One array of many; empty for none."""
    return np.concatenate(parts) if parts else np.zeros(0, ROW)
