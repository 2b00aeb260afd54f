"""Which files a user means: captures by name or by their first bytes, folders of them, standard input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ipxray.errors import CaptureError, UsageError

__all__ = ["is_capture", "named_files", "size_of"]

_SUFFIXES = (".pcap", ".pcapng", ".cap", ".dmp")
_COMPRESSED = ("", ".gz", ".zst")
_MAGIC = frozenset({
    b"\xa1\xb2\xc3\xd4", b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x4d\x3c\xb2\xa1", b"\x0a\x0d\x0d\x0a",
})  # fmt: skip
"""pcap in both byte orders, microseconds and nanoseconds; pcapng."""


def is_capture(path: Path) -> bool:
    """True for a file whose name or whose first four bytes are those of a capture."""
    if path.name.lower().endswith(tuple(suffix + packing for suffix in _SUFFIXES for packing in _COMPRESSED)):
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) in _MAGIC
    except OSError:
        return False


def named_files(paths: Sequence[Path | str]) -> list[tuple[str, str]]:
    """Each file with the name that tables use: its own, or its path where two share one.

    A folder stands for the captures in it. Raises CaptureError for a folder without any, UsageError for no path at all.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        found.extend(_captures_in(path) if path.is_dir() else [path])
    if not found:
        raise UsageError("no capture file was named", hint="name at least one, or - for standard input")
    unique = list(dict.fromkeys(found))
    names = Counter(path.name for path in unique)
    return [(str(path), path.name if names[path.name] == 1 else str(path)) for path in unique]


def size_of(files: Sequence[tuple[str, str]]) -> int:
    """Bytes of all files together; standard input and pipes count nothing."""
    paths = [Path(path) for path, _ in files]
    return sum(path.stat().st_size for path in paths if path.is_file())


def _captures_in(folder: Path) -> list[Path]:
    captures = [path for path in sorted(folder.iterdir()) if path.is_file() and is_capture(path)]
    if not captures:
        raise CaptureError(folder, "holds no capture", hint="ipxray reads .pcap and .pcapng, plain or as .gz or .zst")
    return captures
