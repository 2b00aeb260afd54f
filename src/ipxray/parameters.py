"""Every assumption that is not a fact: named, bounded, with its reason and effect, in one file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from typing import NamedTuple

from ipxray.errors import UsageError

__all__ = ["Parameter", "Parameters"]


class Parameter(NamedTuple):
    """One assumption: its value in this run, the default, the range it may take, why, what it moves, and its mark."""

    name: str
    value: float
    default: float
    minimum: float
    maximum: float
    reason: str
    effect: str
    mark: str


class Parameters(Mapping[str, float]):
    """The assumptions of one run: a mapping from name to value that also knows each parameter's description."""

    def __init__(self, described: Iterable[Parameter]) -> None:
        self._described = {parameter.name: parameter for parameter in described}

    @classmethod
    def default(cls) -> Parameters:
        """Read the shipped parameters."""
        text = files("ipxray").joinpath("data/parameters.toml").read_text(encoding="utf-8")
        return cls(Parameter(name=name, value=row["default"], **row) for name, row in tomllib.loads(text).items())

    def __getitem__(self, name: str) -> float:
        return self._described[name].value

    def __iter__(self) -> Iterable[str]:  # type: ignore[override]
        return iter(self._described)

    def __len__(self) -> int:
        return len(self._described)

    @property
    def described(self) -> tuple[Parameter, ...]:
        """Every parameter with its description, in the order of the file."""
        return tuple(self._described.values())

    def replace(self, **changes: float) -> Parameters:
        """Return a copy with some values changed.

        Raises UsageError for an unknown name (with the nearest one) or a value outside its range.
        """
        changed = dict(self._described)
        for name, value in changes.items():
            if name not in changed:
                near = get_close_matches(name, changed, n=1)
                raise UsageError(f"no parameter is called {name!r}", hint=f"did you mean {near[0]}?" if near else "")
            parameter = changed[name]
            if not parameter.minimum <= value <= parameter.maximum:
                raise UsageError(
                    f"{name} = {value:g} is outside its range", hint=f"{parameter.minimum:g} to {parameter.maximum:g}"
                )
            changed[name] = parameter._replace(value=float(value))
        return Parameters(changed.values())
