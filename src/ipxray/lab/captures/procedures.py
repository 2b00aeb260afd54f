"""Procedures as text: which message follows which, from whom to whom, after how many milliseconds.

A line is `template from to delay`. A template is `map:operation.part`, `cap:…`, `dia:command.request` or
`gtp:message.request`, with options behind slashes; a node is a side and a role, as V.vlr. Sides are V (visited),
H (home), X (somebody else) and whatever a campaign adds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

__all__ = ["PROCEDURES", "Step", "steps"]


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
        """The key of its template, options added."""
        return "/".join([f"{self.family}:{self.message}.{self.part}", *sorted((*self.options, *more))])


PROCEDURES: dict[str, str] = {
    "authenticate": """
        map:sendAuthenticationInfo.begin/e214 V.vlr H.hlr 0
        map:sendAuthenticationInfo.end H.hlr V.vlr 40-300""",
    "register": """
        map:updateLocation.begin/e214 V.vlr H.hlr 900-2500
        map:insertSubscriberData.continue/in=updateLocation H.hlr V.vlr 40-300
        map:insertSubscriberData.ack/in=updateLocation V.vlr H.hlr 40-200
        map:updateLocation.final H.hlr V.vlr 40-200""",
    "lte_authenticate": """
        dia:authentication-information.request V.mme1 H.hss1 0
        dia:authentication-information.answer H.hss1 V.mme1 30-250""",
    "lte_register": """
        dia:update-location.request V.mme1 H.hss1 600-1500
        dia:update-location.answer H.hss1 V.mme1 30-250""",
    "locate_any_time": """
        map:anyTimeInterrogation.begin V.scp H.hlr 0
        map:anyTimeInterrogation.end H.hlr V.scp 40-300""",
    "attack_any_time_interrogation": """
        map:anyTimeInterrogation.begin A.scp H.hlr 0
        map:anyTimeInterrogation.end H.hlr A.scp 40-300""",
    "attack_provide_subscriber_info": """
        map:provideSubscriberInfo.begin A.hlr V.vlr 0
        map:provideSubscriberInfo.end V.vlr A.hlr 80-900""",
    "locate": """
        map:provideSubscriberInfo.begin H.hlr V.vlr 0
        map:provideSubscriberInfo.end V.vlr H.hlr 80-900""",
}


@cache
def steps(name: str) -> tuple[Step, ...]:
    """The messages of a procedure in order."""
    return tuple(_step(line) for line in PROCEDURES[name].splitlines() if line.strip())


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
