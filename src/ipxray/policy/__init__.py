"""What would change if someone acted: scenarios as data, what they cost and break, and the provably best changes.

`load_scenario` reads a scenario file, `simulate` runs it over an atlas, `optimise` finds the best set of changes with
its proof, `smallest_cover` the carriers that most messages cross. Ref: docs/method.md §9
"""

from __future__ import annotations

from ipxray.policy.compare import comparison_lines, simulation_lines
from ipxray.policy.costs import read_costs
from ipxray.policy.optimise import Limits, Optimisation, optimise, smallest_cover
from ipxray.policy.optimum_lines import optimisation_lines
from ipxray.policy.parties import networks_of
from ipxray.policy.reading import load_scenario
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
from ipxray.policy.scenario import KINDS, Scenario, Step
from ipxray.policy.simulate import Simulation, simulate

__all__ = [
    "KINDS",
    "CarrierCover",
    "FrontierPoint",
    "Limits",
    "Optimisation",
    "OptimisedChange",
    "Scenario",
    "ScenarioBreach",
    "ScenarioChange",
    "ScenarioDependence",
    "ScenarioExposure",
    "ScenarioReach",
    "ScenarioRow",
    "ScenarioSummary",
    "ScenarioTimeline",
    "ScenarioVendor",
    "Simulation",
    "Step",
    "comparison_lines",
    "load_scenario",
    "networks_of",
    "optimisation_lines",
    "optimise",
    "read_costs",
    "simulate",
    "simulation_lines",
    "smallest_cover",
]
