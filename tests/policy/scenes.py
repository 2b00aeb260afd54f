"""Scenarios written as a test needs them, over the small fictional atlases of the exposure tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from tests.atlas.builders import carrier
from tests.exposure.builders import DEFAULT, country, facts
from tests.exposure.worlds import worlds

from ipxray.atlas import Atlas, Control
from ipxray.exposure import Traffic
from ipxray.parameters import Parameters
from ipxray.policy import Scenario, Simulation, load_scenario, simulate

STATE = "XZ"
FACTS = replace(
    facts([country(code, 10**6) for code in ("XA", "XB", "XC", STATE)]),
    carriers={name: carrier(name) for name in ("w", "x", "y", "z")},
)


def owned(atlas: Atlas, *carriers: str, state: str = STATE, rule: str = "majority_50") -> Atlas:
    """The same atlas in which a state holds these carriers for certain."""
    rows = tuple(Control(carrier, state, rule, 1.0, 1.0, 1.0, "said so", ("gazette",)) for carrier in carriers)
    names = {code.lower(): code for code in FACTS.countries} | {carrier: carrier for carrier in carriers}
    return replace(atlas, control=(*atlas.control, *rows), controller_names={**atlas.controller_names, **names})


def written(folder: Path, text: str, name: str = "scene") -> Path:
    """A scenario file."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def scenario(folder: Path, text: str, name: str = "scene") -> Scenario:
    return load_scenario(written(folder, text, name))


def simulated(
    scene: Scenario,
    atlas: Atlas,
    *,
    parameters: Parameters = DEFAULT,
    traffic: Traffic | None = None,
    actor: Sequence[str] | None = None,
    controlled_by: str | None = STATE,
    runs: int = 2,
    seed: int = 1,
) -> Simulation:
    return simulate(
        scene,
        atlas,
        FACTS,
        parameters=parameters,
        controlled_by=controlled_by,
        actor=tuple(actor) if actor else None,
        traffic=traffic,
        runs=runs,
        seed=seed,
    )


def level(found: Simulation, state: str, **wanted: str) -> tuple[float, float, float]:
    """Low, expected and high of one row: an operator, outbound, sccp and read unless said otherwise."""
    chosen = {"state": state, "perspective": "outbound", "service": "sccp", "threat": "read", "counterpart": "all"}
    chosen |= {"subject_kind": "operator"} | wanted
    (row,) = [row for row in found.exposure if all(getattr(row, name) == value for name, value in chosen.items())]
    return row.low, row.expected, row.high


def measure(found: Simulation, name: str, subject: str = "everyone") -> float:
    """The figure after of one measure."""
    (row,) = [row for row in found.summary if (row.measure, row.subject) == (name, subject)]
    return row.after


@st.composite
def owned_worlds(draw: st.DrawFn) -> Atlas:
    """Five networks, and a state that holds one or two of their carriers."""
    chosen = draw(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=2, unique=True))
    return owned(draw(worlds()), *chosen)
