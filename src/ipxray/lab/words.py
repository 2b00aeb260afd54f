"""Invented words. No language, company or place is meant: every word opens with a cluster that names avoid."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

__all__ = ["MAX_WORDS", "invented_words"]

_CLUSTERS = ["Bz", "Dv", "Fz", "Gj", "Jh", "Kv", "Lz", "Mv", "Nq", "Pz", "Qv", "Rj", "Tz", "Vz", "Wq", "Xh"]
_VOWELS = "aeiou"
_TAILS = [
    "lqax", "mvor", "ndizb", "rvuk", "skaz", "tvem", "xund", "zbil", "qrom", "vlek", "dvun", "gzor", "pvix", "jhal",
    "bvok", "nzeq", "fvar", "zmud", "kvyn", "hzol",
]  # fmt: skip
MAX_WORDS = len(_CLUSTERS) * len(_VOWELS) * len(_TAILS)


def invented_words(random: Random) -> Iterator[str]:
    """Yield every invented word once, in an order that the generator of random numbers decides."""
    for number in random.sample(range(MAX_WORDS), MAX_WORDS):
        rest, tail = divmod(number, len(_TAILS))
        cluster, vowel = divmod(rest, len(_VOWELS))
        yield f"{_CLUSTERS[cluster]}{_VOWELS[vowel]}{_TAILS[tail]}"
