"""What attackers do: procedures with a side A of theirs, and the tricks that hide them. Ref: docs/detection."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["BEHAVIOURS", "EVASIONS", "Behaviour"]

Target = Literal["abroad", "lte", "anybody"]


class Behaviour(NamedTuple):
    """One kind of abuse: its family, the procedures played for each target, whom it can be done to."""

    family: str
    procedures: tuple[str, ...]
    target: Target = "abroad"


BEHAVIOURS: dict[str, Behaviour] = {
    "any_time_interrogation": Behaviour("interconnect_category1", ("attack_any_time_interrogation",)),
    "provide_subscriber_info": Behaviour("interconnect_category2", ("attack_provide_subscriber_info",)),
}
"""By name."""

EVASIONS: dict[str, str] = {
    "global_operation_code": "global",
    "longer_context": "longer_context",
    "long_transaction": "long_transaction",
    "missing_subsystem": "no_subsystem",
    "wrong_subsystem": "other_subsystem",
    "high_tag": "high_tag",
    "missing_context": "no_context",
    "no_identity": "no_identity",
}
"""Tricks by name, and the option of the template that plays each."""
