"""The Diameter dictionary: from data/diameter.toml to the rows that the decoder takes. Ref: RFC 6733, TS 29.230."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ipxray.capture.native import native
from ipxray.errors import DataError

__all__ = ["build", "shipped"]

_SHIPPED = "data/diameter.toml"
_HINT = "the head of the file says what a row holds"


@cache
def shipped() -> Any:
    """The dictionary that ships, built once."""
    source = files("ipxray").joinpath(_SHIPPED)
    return build(Path(_SHIPPED), source.read_text(encoding="utf-8"))


def build(path: Path, text: str) -> Any:
    """Build a dictionary from TOML text. Raises DataError with every fault: a repeated code, an unknown name."""
    decoder = native()
    try:
        document = tomllib.loads(text)
        return decoder.Dictionary(
            [(row["id"], row["interface"]) for row in document.get("application", [])],
            [_command(row) for row in document.get("command", [])],
            [_avp(row) for row in document.get("avp", [])],
        )
    except tomllib.TOMLDecodeError as error:
        raise DataError(path, [str(error)], hint="the file is TOML") from None
    except KeyError as error:
        raise DataError(path, [f"a row lacks {error.args[0]}"], hint=_HINT) from None
    except (TypeError, AttributeError, OverflowError) as error:
        raise DataError(path, [str(error)], hint=_HINT) from None
    except ValueError as error:
        faults = error.args[0]
        raise DataError(path, faults if isinstance(faults, list) else [str(faults)], hint=_HINT) from None


def _command(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["code"],
        row["name"],
        row.get("applications", []),
        row.get("proxiable"),
        row.get("origin"),
        row.get("destination"),
        row.get("about_subscriber", False),
    )


def _avp(row: dict[str, Any]) -> tuple[Any, ...]:
    values = row.get("values", {})
    return (
        row["code"],
        row.get("vendor", 0),
        row["name"],
        row["type"],
        row.get("field"),
        row.get("exposes", []),
        row.get("once", False),
        row.get("mandatory"),
        row.get("holds", []),
        [(int(number), name) for number, name in values.items()],
    )
