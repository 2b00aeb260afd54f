"""Fictional worlds to try ipxray on: IR.21 documents, facts, the truth about both. Files only, nobody real in them."""

from __future__ import annotations

from ipxray.lab.world import World, write_world

__all__ = ["World", "write_world"]
