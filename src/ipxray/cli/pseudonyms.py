"""The key of the pseudonyms: named by the user, or made once and kept with the configuration, never in an output."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ipxray.cli.screen import note
from ipxray.errors import InputError
from ipxray.identity import PseudonymKey

__all__ = ["pseudonym_key"]

_LARGEST = 4096
_BYTES = 32


def pseudonym_key(path: Path | None) -> PseudonymKey:
    """Read the key in `path`; without one, the key of this user, made at the first call."""
    if path is None:
        return PseudonymKey(_own_key())
    try:
        with path.open("rb") as file:
            return PseudonymKey(file.read(_LARGEST).rstrip(b"\r\n"))
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", hint="name the file that holds the key") from None


def _own_key() -> bytes:
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "ipxray"
    path = folder / "pseudonym.key"
    try:
        if path.is_file():
            return path.read_bytes()[:64]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(_BYTES)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
    except OSError as error:
        note(f"no key can be kept in {folder} ({error.strerror}): pseudonyms of this run compare with no other's")
        return secrets.token_bytes(_BYTES)
    return key
