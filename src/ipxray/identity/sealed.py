"""A value whose content leaves it only through a method that says so."""

from __future__ import annotations

from typing import NoReturn, Self

from ipxray.errors import UsageError

__all__ = ["Sealed"]


class Sealed:
    """Immutable, and closed to every road by which Python spills content: pickle, state, formatting.

    A copy is the value itself. Pickling raises UsageError, since the bytes would hold what is hidden.
    """

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __getstate__(self) -> NoReturn:
        raise UsageError(f"{type(self).__name__} is not pickled", hint="hand over what its methods give on purpose")
