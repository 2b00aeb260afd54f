"""The tables that pages ask for, with the columns they rely on: whatever a folder lacks is empty, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ipxray import atlas, declarations, detection, exposure, policy, report
from ipxray.tables import Column, columns_of

__all__ = ["expected_tables"]

_ROW_TYPES: Mapping[str, type[Any]] = {
    "declarations": declarations.Declaration,
    "numbering": declarations.Numbering,
    "problems": declarations.Problem,
    "links": atlas.Link,
    "control": atlas.Control,
    "unresolved": atlas.Unresolved,
    "vendors": atlas.VendorShare,
    "exposure": exposure.Exposure,
    "touch": exposure.Touch,
    "dominance": exposure.Dominance,
    "ranking": exposure.Rank,
    "sensitivity": exposure.Sensitivity,
    "networks": report.Network,
    "carriers": report.KnownCarrier,
    "countries": report.KnownCountry,
    "incidents": report.KnownIncident,
    "policy_actions": report.KnownPolicyAction,
    "sources": report.KnownSource,
    **detection.TABLES,
    "scenarios": policy.ScenarioRow,
    "scenario_summary": policy.ScenarioSummary,
    "scenario_exposure": policy.ScenarioExposure,
    "scenario_changes": policy.ScenarioChange,
    "scenario_dependence": policy.ScenarioDependence,
    "scenario_reach": policy.ScenarioReach,
    "scenario_timeline": policy.ScenarioTimeline,
    "scenario_breach": policy.ScenarioBreach,
    "scenario_vendors": policy.ScenarioVendor,
}


@cache
def expected_tables() -> Mapping[str, tuple[Column, ...]]:
    """Table name → the columns that queries name."""
    return {name: columns_of(row_type) for name, row_type in _ROW_TYPES.items()}
