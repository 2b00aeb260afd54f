"""Capture files in, Arrow tables, Parquet files and counts out. Only `ipxray.capture` imports this."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, final

__all__ = ["CaptureFault", "Dictionary", "Table", "__version__", "anomalies", "columns", "count", "read", "reasons", "write"]
__version__: str

_Files: TypeAlias = Sequence[tuple[str, str]]
_Ports: TypeAlias = Mapping[str, Sequence[int]]
_Progress: TypeAlias = Callable[[int], object] | None

class CaptureFault(Exception):
    """A file that cannot be used. `args`: path, problem, offset or None, hint, and whether it is an output."""

@final
class Table:
    """A table in memory, handed out as often as it is asked."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...
    @property
    def nbytes(self) -> int: ...

@final
class Dictionary:
    """A Diameter dictionary, built once from rows."""

    def __new__(
        cls,
        applications: Sequence[tuple[int, str]],
        commands: Sequence[tuple[int, str, Sequence[str], bool | None, str | None, str | None, bool]],
        avps: Sequence[
            tuple[int, int, str, str, str | None, Sequence[str], bool, bool | None, Sequence[str], Sequence[tuple[int, str]]]
        ],
    ) -> Dictionary: ...

def columns(table: str) -> list[tuple[str, str, bool]]: ...
def reasons() -> list[str]: ...
def anomalies() -> list[tuple[str, str]]: ...
def read(
    files: _Files,
    *,
    dictionary: Dictionary | None = None,
    ports: _Ports | None = None,
    mask: bytes | None = None,
    progress: _Progress = None,
) -> tuple[Table, Table, Table, dict[str, Any]]: ...
def write(
    files: _Files,
    folder: str,
    *,
    meanings: Sequence[tuple[str, str]],
    dictionary: Dictionary | None = None,
    ports: _Ports | None = None,
    mask: bytes | None = None,
    progress: _Progress = None,
) -> tuple[list[tuple[str, int]], dict[str, Any]]: ...
def count(
    files: _Files, *, dictionary: Dictionary | None = None, ports: _Ports | None = None, progress: _Progress = None
) -> dict[str, Any]: ...
