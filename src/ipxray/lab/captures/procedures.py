"""Procedures as text: which message follows which, from whom to whom, after how many milliseconds.

A line is `template from to delay`. A template is `map:operation.part`, `cap:…`, `dia:command.request` or
`gtp:message.request`, with options behind slashes; a node is a side and a role, as V.vlr. Sides are V (visited),
H (home), P (visited before), X (somebody else) and A (who abuses).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ipxray.lab.captures.abuse import ABUSE
from ipxray.lab.captures.custom import CUSTOM

__all__ = ["Node", "Step", "steps"]


class Node(NamedTuple):
    """A side of a procedure and the role it plays."""

    side: str
    role: str


class Step(NamedTuple):
    """One message of a procedure; delays in microseconds after the one before."""

    family: str
    message: str
    part: str
    options: tuple[str, ...]
    sender: Node
    receiver: Node
    least: int
    most: int
    named: Mapping[str, Node]
    """Nodes that the message names in its columns node and other, when they are not its sender and receiver."""

    def template(self, *more: str) -> str:
        """The key of its template, options added; what changes columns alone is left out."""
        kept = sorted(option for option in (*self.options, *more) if option not in _OF_ROWS)
        name = f"{self.message}.{self.part}" if self.message else self.part
        return "/".join([f"{self.family}:{name}", *kept])


_OF_ROWS = frozenset(
    {"stray", "scrambled", "near_ids", "undeclared_route", "titles", "foreign_apn", "unknown_source", "probing"}
)
"""Options that change what is stamped, not the template."""


@cache
def steps(name: str) -> tuple[Step, ...]:
    """The messages of a procedure in order."""
    text = CUSTOM[name] if name in CUSTOM else ABUSE[name]
    return tuple(_step(line) for line in text.splitlines() if line.strip())


def _step(line: str) -> Step:
    template, sender, receiver, delay = line.split()
    family, _, rest = template.partition(":")
    name, *options = rest.split("/")
    message, _, part = name.rpartition(".")
    least, _, most = delay.partition("-")
    named = dict(each.split("=") for each in options if each.startswith(("node=", "other=")))
    kept = tuple(each for each in options if not each.startswith(("node=", "other=")))
    places = {column: _node(text) for column, text in named.items()}
    gap = int(least) * 1_000, int(most or least) * 1_000
    return Step(family, message, part, kept, _node(sender), _node(receiver), *gap, places)


def _node(text: str) -> Node:
    side, role = text.split(".")
    return Node(side, role)
