"""The worked example of the method as an atlas, and any small atlas for the laws."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.exposure.builders import (
    DEFAULT,
    adversary,
    atlas,
    facts,
    links,
    one_row,
    operator,
    primary,
    unstated,
)

from ipxray.atlas import Adversary, Atlas
from ipxray.exposure import Assessment, Exposure, Traffic, measure

H1, V1, V2 = "XAAH1", "XBBV1", "XCCV2"
ROAMERS = Traffic("roamers.csv", {(H1, V1): 100.0, (H1, V2): 300.0})
X_ONLY = adversary("x")


def example(home: dict[str, tuple[float, float, float]] | None = None) -> Atlas:
    """The worked example, the same lists on SCCP and Diameter."""
    declared = {H1: home or primary("x", "y"), V1: primary("x", "z"), V2: primary("y")}
    states = {"sccp": "declared", "diameter": "declared"}
    return atlas(
        [operator(H1, "XA", **states), operator(V1, "XB", **states), operator(V2, "XC", **states)],
        [link for service in states for tadig, boxes in declared.items() for link in links(tadig, service, boxes)],
    )


def measured(world: Atlas, against: Adversary = X_ONLY, **more: object) -> Assessment:
    return measure(world, facts(), against, **{"parameters": DEFAULT, "traffic": ROAMERS, **more})  # type: ignore[arg-type]


def read_row(found: Assessment, **wanted: str) -> Exposure:
    return one_row(found.exposure, **{"subject": H1, "threat": "read", **wanted})


ONE_PAIR = Traffic("roamers.csv", {(H1, V1): 1.0})

NAMES = ("x", "y", "z", "TGS", "Nix")
CANDIDATES = {"TGS": ("x", "z"), "Nix": ()}


@st.composite
def worlds(draw: st.DrawFn) -> Atlas:
    """Five networks in three countries, any mix of roles, names and states on all measured services."""
    found, operators = [], []
    for place in range(5):
        states = {}
        for service in ("sccp", "diameter", "grx"):
            names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
            boxes = primary(*names) if names and draw(st.booleans()) else unstated(*names)
            states[service] = "declared" if names else draw(st.sampled_from(["missing", "not_applicable"]))
            found += links(f"XAA{place}", service, boxes, candidates=CANDIDATES, fresh_days=draw(st.integers(0, 900)))
        operators.append(operator(f"XAA{place}", "X" + "ABC"[place % 3], **states))
    return atlas(operators, found)


ADVERSARIES = st.sampled_from(
    [adversary("x"), adversary("x", "y"), adversary("z", perhaps=["x"]), adversary(perhaps=["x", "z"]), adversary()]
)
