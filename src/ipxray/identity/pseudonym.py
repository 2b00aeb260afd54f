"""Pseudonyms: under one key a subscriber always has the same letters, and without it no one can tell whose they are."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from ipxray.errors import UsageError
from ipxray.identity.sealed import Sealed

__all__ = ["PseudonymKey"]

SHORTEST_KEY: Final = 16
"""128 bits: all subscriber numbers can be tried in an hour, so the key alone must hold."""

LONGEST_KEY: Final = blake2b.MAX_KEY_SIZE
TAG_BYTES: Final = 10
"""80 bits: among 10^9 subscribers two share a pseudonym with a probability below 10^-6."""

PERSONALISATION: Final = b"ipxray/"
LONGEST_KIND: Final = blake2b.PERSON_SIZE - len(PERSONALISATION)
LETTERS: Final = "bcdfghjkmnpqrstv"
"""No digit, so that a pseudonym never happens to hold the digits it hides; no vowel, so that it never spells a word."""


class PseudonymKey(Sealed):
    """A secret of 16 to 64 bytes, given by the caller and kept away from what it masks.

    Raises UsageError for any other length. Ref: RFC 7693 (keyed BLAKE2b).
    """

    __slots__ = ("_secret",)
    _secret: bytes

    def __init__(self, secret: bytes) -> None:
        if not SHORTEST_KEY <= len(secret) <= LONGEST_KEY:
            raise UsageError("not a pseudonym key", hint=f"{SHORTEST_KEY} to {LONGEST_KEY} bytes")
        object.__setattr__(self, "_secret", bytes(secret))

    def tag(self, text: str, *, kind: str) -> str:
        """Twenty letters for this text as an identity of this kind; another kind or another key gives others.

        Also for text that is no valid identity and yet must not be shown. Raises UsageError for a kind that is empty,
        not ASCII, or longer than nine characters.
        """
        if not (0 < len(kind) <= LONGEST_KIND and kind.isascii()):
            raise UsageError("not a kind of identity", hint=f"1 to {LONGEST_KIND} ASCII characters")
        person = PERSONALISATION + kind.encode("ascii")
        message = text.encode("utf-8", "surrogatepass")
        digest = blake2b(message, digest_size=TAG_BYTES, key=self._secret, person=person).digest()
        return "".join(LETTERS[octet >> 4] + LETTERS[octet & 15] for octet in digest)

    def __repr__(self) -> str:
        return "PseudonymKey(hidden)"
