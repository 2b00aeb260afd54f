"""What would change if someone acted: scenarios as data, what they cost and break, and the provably best changes.

`load_scenario` reads a scenario file, `simulate` runs it over an atlas. Ref: docs/method.md §9
"""

from __future__ import annotations

from ipxray.policy.rows import (
    CarrierCover,
    FrontierPoint,
    OptimisedChange,
    ScenarioBreach,
    ScenarioChange,
    ScenarioDependence,
    ScenarioExposure,
    ScenarioReach,
    ScenarioRow,
    ScenarioSummary,
    ScenarioTimeline,
    ScenarioVendor,
)

__all__ = [
    "CarrierCover",
    "FrontierPoint",
    "OptimisedChange",
    "ScenarioBreach",
    "ScenarioChange",
    "ScenarioDependence",
    "ScenarioExposure",
    "ScenarioReach",
    "ScenarioRow",
    "ScenarioSummary",
    "ScenarioTimeline",
    "ScenarioVendor",
]
