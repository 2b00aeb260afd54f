"""The command `ipxray`, and `python -m ipxray`: an interrupt while it is being loaded ends it without a word."""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> int:
    """Load the command line and run it; return its exit code."""
    # While modules load nothing is open that could be left half done, and no handler of ours is there yet.
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from ipxray.cli import main as run  # noqa: PLC0415 - what takes long must come after the line above

    signal.signal(signal.SIGINT, handler)
    return run()


if __name__ == "__main__":
    sys.exit(main())
