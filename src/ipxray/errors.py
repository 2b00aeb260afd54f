"""Every error ipxray raises, each with what to do. A bad record in a document is a value, never one of these."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CaptureError", "DataError", "FactError", "InputError", "IpxrayError", "OutputError", "UsageError"]


class IpxrayError(Exception):
    """The root, never raised itself. `hint` says what to do, `exit_code` is what the command line returns."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


class UsageError(IpxrayError, ValueError):
    """The call makes no sense: an unknown network, a date that is none, a rule that does not exist."""


class InputError(IpxrayError):
    """A file that cannot be used at all: which one, where in it, what to do."""

    exit_code = 3

    def __init__(self, path: Path | str, problem: str, *, place: str = "", hint: str = "") -> None:
        self.path = str(path)
        self.problem = problem
        self.place = place
        where = f"{self.path}, {place}" if place else self.path
        super().__init__(f"{where}: {problem}", hint=hint)


class CaptureError(InputError):
    """A file that is no capture, or cannot be read as one: which one, at which byte (`offset`), what to do."""

    def __init__(self, path: Path | str, problem: str, *, offset: int | None = None, hint: str = "") -> None:
        self.offset = offset
        super().__init__(path, problem, place="" if offset is None else f"byte {offset}", hint=hint)


class DataError(IpxrayError):
    """A fact, rule or parameter file is wrong. All faults of one run are collected in `faults`, one line each."""

    def __init__(self, path: Path | str, faults: list[str], *, hint: str = "") -> None:
        self.path = str(path)
        self.faults = tuple(faults)
        shown = "; ".join(faults[:5]) + (f" (+{len(faults) - 5} more)" if len(faults) > 5 else "")
        super().__init__(f"{self.path}: {shown}", hint=hint)


class FactError(DataError):
    """A row of a fact file is not acceptable: no source, an impossible date or percentage, an unknown reference."""


class OutputError(IpxrayError):
    """The result cannot be written: which path, why."""
