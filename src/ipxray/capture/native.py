"""The native decoder: the only place that imports it, and the only one that turns its faults into ipxray's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import Any

from ipxray.errors import CaptureError, IpxrayError, OutputError, UsageError

__all__ = ["anomalies", "as_error", "faults_told", "is_available", "missing", "native"]

_MODULE = "ipxray_signalling"
_STANDARD_INPUT = "standard input"
_Told = tuple[str, str, int | None, str, bool]


@cache
def is_available() -> bool:
    """True when captures can be decoded here. Does not import the decoder."""
    return find_spec(_MODULE) is not None


def missing() -> UsageError:
    """What to say where captures are asked for and cannot be decoded."""
    return UsageError(
        "captures cannot be read: the decoder ipxray-signalling is not installed",
        hint="install a Rust toolchain (rustup.rs), then run `make setup`",
    )


def native() -> Any:
    """The decoder itself. Raises UsageError, in one line, when it is not installed."""
    if not is_available():
        raise missing()
    import ipxray_signalling  # noqa: PLC0415 - it may not be there

    return ipxray_signalling


def anomalies() -> dict[str, str]:
    """Every anomaly that a message may have, and its meaning. Raises UsageError without the decoder."""
    return dict(native().anomalies())


def as_error(told: _Told) -> IpxrayError:
    """A fault of the decoder, as the tuple that it tells, as an error of ipxray."""
    path, problem, offset, hint, is_output = told
    path = _STANDARD_INPUT if path == "-" else path
    if is_output:
        return OutputError(f"{path}: {problem}", hint=hint)
    return CaptureError(path, problem, offset=offset, hint=hint)


@contextmanager
def faults_told() -> Iterator[None]:
    """Raise what the decoder raises as CaptureError or OutputError."""
    decoder = native()
    try:
        yield
    except decoder.CaptureFault as fault:
        raise as_error(fault.args) from None
