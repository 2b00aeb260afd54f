"""From capture files to tables: in memory for Arrow readers, or straight into Parquet files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ipxray import __version__, folders
from ipxray.capture.dictionary import shipped
from ipxray.capture.files import named_files, size_of
from ipxray.capture.native import as_error, faults_told, native
from ipxray.capture.rows import TABLES
from ipxray.errors import IpxrayError, UsageError
from ipxray.tables import columns_of

__all__ = ["MANIFEST", "Account", "ArrowTable", "Decoded", "Progress", "Written", "decode", "heard", "read"]

MANIFEST = "capture.json"
"""Its presence says that a folder is a decoded capture."""

SHORTEST_KEY = 16
LONGEST_KEY = 64

Progress = Callable[[int, int, str], None]
"""Called now and then with bytes read, bytes there are (0 when nobody knows), and what is being done."""


class ArrowTable(Protocol):
    """A table in memory that DuckDB, Polars and pyarrow take as it is, as often as they like (Arrow PyCapsule)."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A new stream over all batches; nothing is copied."""

    def __arrow_c_schema__(self) -> object:
        """The schema."""

    def __len__(self) -> int:
        """How many rows."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a capture held, all files together; times are microseconds since 1970, UTC, null without frames."""

    frames: int
    bytes: int
    cut_frames: int
    other_frames: int
    clock_steps: int
    messages: int
    gaps: int
    first_at: int | None
    last_at: int | None
    refused: tuple[IpxrayError, ...]
    """Files that are no captures, while others were: one error each, not raised."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Account:
        """Read what the decoder tells."""
        fields = {name: told[name] for name in cls.__slots__ if name != "refused"}
        return cls(**fields, refused=tuple(map(as_error, told["refused"])))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The tables of one capture in memory, rows in the order of their frames; columns in docs/reference/tables.md."""

    messages: ArrowTable
    gaps: ArrowTable
    tunnels: ArrowTable
    account: Account


@dataclass(frozen=True, slots=True)
class Written:
    """What `decode` left: rows of each table, and what was counted."""

    rows: dict[str, int]
    account: Account


def read(
    paths: Sequence[Path | str],
    *,
    ports: Mapping[str, Sequence[int]] | None = None,
    key: bytes | None = None,
    progress: Progress | None = None,
) -> Decoded:
    """Decode files as one capture in the order of time, into memory; `decode` is for what does not fit there.

    `ports` adds ports by protocol; under `key`, subscribers become pseudonyms. Raises CaptureError when not one file is
    a capture, UsageError without the decoder. Any bytes after a capture's header give rows and gaps.
    """
    arguments = _arguments(ports, key)
    files = named_files(paths)
    with faults_told():
        messages, gaps, tunnels, told = native().read(files, progress=heard(progress, files), **arguments)
    return Decoded(messages, gaps, tunnels, Account.of(told))


def decode(
    paths: Sequence[Path | str],
    output: Path,
    *,
    ports: Mapping[str, Sequence[int]] | None = None,
    key: bytes | None = None,
    progress: Progress | None = None,
) -> Written:
    """Decode files as one capture into `output`: messages, gaps and tunnels as Parquet, and capture.json.

    Memory does not depend on the size of the files. An earlier capture there is replaced once the new one is complete.
    Raises as `read` does, and OutputError when `output` holds something else or cannot be written.
    """
    folders.check_folder(output, manifest=MANIFEST, what="decoded capture")
    arguments = _arguments(ports, key)
    files = named_files(paths)
    meanings = [(name, " ".join((row.__doc__ or "").split())) for name, row in TABLES.items()]
    with folders.replaced(output) as staged:
        with faults_told():
            rows, told = native().write(
                files, str(staged), meanings=meanings, progress=heard(progress, files), **arguments
            )
        account = Account.of(told)
        manifest = _manifest(files, account, dict(rows), is_masked=key is not None)
        text = json.dumps(manifest, indent=1, ensure_ascii=False)
        (staged / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Written(dict(rows), account)


def heard(progress: Progress | None, files: Sequence[tuple[str, str]]) -> Callable[[int], None] | None:
    """A callback for the decoder, which tells only how many bytes it has read."""
    if progress is None:
        return None
    total = size_of(files)
    what = files[0][1] if len(files) == 1 else f"{len(files)} files"
    return lambda done: progress(done, total, what)


def _arguments(ports: Mapping[str, Sequence[int]] | None, key: bytes | None) -> dict[str, Any]:
    if key is not None and not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise UsageError("not a pseudonym key", hint=f"{SHORTEST_KEY} to {LONGEST_KEY} bytes")
    return {"dictionary": shipped(), "ports": dict(ports or {}), "mask": key}


def _manifest(
    files: Sequence[tuple[str, str]], account: Account, rows: Mapping[str, int], *, is_masked: bool
) -> dict[str, Any]:
    counts = {name: getattr(account, name) for name in Account.__slots__ if name != "refused"}
    tables = {
        name: {
            "rows": rows[name],
            "meaning": " ".join((row.__doc__ or "").split()),
            "columns": [
                {"name": column.name, "type": column.sql_type, "nullable": column.nullable, "meaning": column.doc}
                for column in columns_of(row)
            ],
        }
        for name, row in TABLES.items()
    }
    return {
        "ipxray": __version__,
        "captures": [name for _, name in files],
        "refused": [str(error) for error in account.refused],
        "masked": is_masked,
        "counts": counts,
        "tables": tables,
    }
