"""Captures of fictional worlds: signalling that nobody sent, written to files, with the truth about it beside."""

from __future__ import annotations

from ipxray.lab.captures.campaigns import Campaign, read_campaigns
from ipxray.lab.captures.capture import TRUTH, CaptureWritten, write_capture

__all__ = ["TRUTH", "Campaign", "CaptureWritten", "read_campaigns", "write_capture"]
