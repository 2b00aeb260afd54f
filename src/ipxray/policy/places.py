"""Where a key stands in a TOML text: tomllib gives values without lines, and a fault names its line."""

from __future__ import annotations

import re

__all__ = ["Places"]

_STEP = re.compile(r"^\s*\[\[\s*step\s*\]\]")
_HEADER = re.compile(r"^\s*\[")
_KEY = re.compile(r"""^\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
_FENCES = ('"""', "'''")


class Places:
    """Lines of the keys of a scenario file: of its head, of [assume], and of each step."""

    def __init__(self, text: str) -> None:
        self._keys: dict[tuple[int | str, str], int] = {}
        self._steps: list[int] = []
        section: int | str = "head"
        fence = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if fence:
                fence = "" if fence in line else fence
                continue
            if _STEP.match(line):
                self._steps.append(number)
                section = len(self._steps) - 1
            elif _HEADER.match(line):
                section = line.strip().strip("[] ")
            elif found := _KEY.match(line):
                self._keys.setdefault((section, found[1]), number)
            fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")

    def step(self, place: int) -> int:
        """Line of the header of a step, counted from 0."""
        return self._steps[place] if place < len(self._steps) else 1

    def key(self, section: int | str, name: str) -> int:
        """Line of a key in a step, in "head" or in "assume"; the section's own where it is not found."""
        default = self.step(section) if isinstance(section, int) else 1
        return self._keys.get((section, name), default)
