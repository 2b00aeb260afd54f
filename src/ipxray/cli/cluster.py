"""Whether a Spark master answers, asked before Spark spends minutes on finding out."""

from __future__ import annotations

import re
import socket

from ipxray.errors import UsageError

__all__ = ["check_master"]

_PATIENCE = 5.0
_STANDALONE = re.compile(r"spark://(?P<masters>[^/]+)")
_OTHERS = ("local", "yarn", "k8s://")


def check_master(url: str | None) -> None:
    """Raise UsageError for a URL that is no master's, or when no master of a standalone cluster can be reached."""
    if url is None or url.startswith(_OTHERS):
        return
    named = _STANDALONE.fullmatch(url)
    if named is None:
        raise UsageError(f"--master {url!r} is no Spark master", hint="spark://host:7077, yarn, k8s://… or local[2]")
    problem = ""
    for master in named["masters"].split(","):
        host, _, port = master.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
        except (OSError, ValueError, OverflowError) as error:
            problem = str(error)
        else:
            return
    raise UsageError(f"--master {url}: nobody answers ({problem})", hint="start the cluster, or name another")
