"""The laws of scenarios on any small world: what can only fall, what comes back, what adds up, what is not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exposure.builders import DEFAULT
from tests.policy.scenes import FACTS, STATE, measure, owned_worlds, simulated

from ipxray.atlas import Atlas, adversary
from ipxray.exposure import measure as measured
from ipxray.policy import Scenario, ScenarioExposure, Simulation, Step
from ipxray.policy.ground import Ground
from ipxray.policy.stage import Stage

ACTORS = st.sampled_from([("all",), ("XA",), ("XB", "XC"), ("XAA0",)])
SCOPES = st.sampled_from(["direct", "indirect"])
SOME = settings(max_examples=8)


def scene(*steps: Step, actor: tuple[str, ...] = ("all",), floor: float | None = None) -> Scenario:
    assume = () if floor is None else (("redundancy_floor", floor),)
    return Scenario("scene", "scene.toml", "a test", "", (), steps, actor=actor, assume=assume)


def levels(found: Simulation, state: str) -> dict[tuple[str, ...], ScenarioExposure]:
    return {
        (row.subject_kind, row.subject, row.counterpart, row.perspective, row.service, row.data_class, row.threat): row
        for row in found.exposure
        if row.state == state
    }


@SOME
@given(owned_worlds())
def test_before_is_what_the_exposure_room_measures(world: Atlas) -> None:
    found = levels(simulated(scene(Step("refuse", 1)), world), "before")
    against = adversary(world, STATE, "majority_50")
    for row in measured(world, FACTS, against, parameters=DEFAULT).exposure:
        if row.direction == "both" and row.subject_kind != "pair":
            key = (
                row.subject_kind,
                row.subject,
                row.counterpart,
                row.perspective,
                row.service,
                row.data_class,
                row.threat,
            )
            here = found[key]
            assert (here.forced, here.low, here.expected, here.high, here.possible) == pytest.approx(
                (row.forced, row.low, row.expected, row.high, row.possible), abs=1e-9
            )


@SOME
@given(owned_worlds(), ACTORS, SCOPES)
def test_levels_stay_in_order_and_every_run_lies_where_its_levels_do(
    world: Atlas, actor: tuple[str, ...], scope: str
) -> None:
    found = simulated(scene(Step("refuse", 1, scope=scope), actor=actor), world, runs=4)
    for row in found.exposure:
        assert 0.0 <= row.forced <= row.low <= row.expected <= row.high <= row.possible <= 1.0
        if row.expected_q05 is not None and row.expected_q95 is not None:
            assert row.expected_q05 - 1e-9 <= row.expected <= row.expected_q95 + 1e-9 or found.scenario.runs > 1


@SOME
@given(owned_worlds(), ACTORS, SCOPES)
def test_the_quick_sum_of_a_run_is_the_full_measurement(world: Atlas, actor: tuple[str, ...], scope: str) -> None:
    chosen = replace(scene(Step("refuse", 1, scope=scope), actor=actor), controlled_by=STATE)
    stage = Stage(chosen, Ground.of(world, FACTS, DEFAULT, None), rule="majority_50", runs=3, seed=1)
    played = stage.on(stage.day)
    quick = played.spread.expected[played.middle]
    subjects = len(stage.subjects.operators) + len(stage.subjects.countries)
    full = played.measured.levels[2][:, :, list(played.spread.places)]
    assert np.allclose(quick[..., :subjects].transpose(2, 1, 0), full[:subjects], atol=1e-9)
    last = len(stage.subjects.alliances)
    assert np.allclose(quick[..., -last:].transpose(2, 1, 0), full[-last:], atol=1e-9)


@SOME
@given(owned_worlds(), ACTORS, SCOPES)
def test_refusing_all_that_a_controller_holds_never_raises_what_the_actor_can_expect(
    world: Atlas, actor: tuple[str, ...], scope: str
) -> None:
    found = simulated(scene(Step("refuse", 1, scope=scope), actor=("all",)), world)
    before, after = levels(found, "before"), levels(found, "after")
    for key, row in after.items():
        assert row.expected <= before[key].expected + 1e-9
        assert row.forced <= before[key].forced + 1e-9


@SOME
@given(owned_worlds(), st.sampled_from(["x", "y", "z"]), ACTORS)
def test_a_carrier_less_in_the_adversary_set_never_raises_exposure(
    world: Atlas, spared: str, actor: tuple[str, ...]
) -> None:
    """The same changes, judged against fewer carriers."""
    step = Step("refuse", 1, carriers=("y",))
    more = simulated(scene(step, actor=actor), world)
    fewer = replace(world, control=tuple(row for row in world.control if row.carrier_id != spared))
    less = simulated(scene(step, actor=actor), fewer)
    for state in ("before", "after"):
        all_of_them = levels(more, state)
        for key, row in levels(less, state).items():
            for level in ("forced", "low", "expected", "high", "possible"):
                assert getattr(row, level) <= getattr(all_of_them[key], level) + 1e-9


@SOME
@given(owned_worlds(), ACTORS, SCOPES)
def test_refusing_and_allowing_again_returns_the_first_state(world: Atlas, actor: tuple[str, ...], scope: str) -> None:
    day = date(2027, 1, 1)
    steps = Step("refuse", 1, until=day, scope=scope), Step("refuse", 2, scope="direct"), Step("allow", 3, since=day)
    found = simulated(scene(*steps, actor=actor), world)
    assert [row[2:] for row in found.exposure if row.state == "after"]
    before, after = levels(found, "before"), levels(found, "after")
    for key, row in before.items():
        assert (row.forced, row.low, row.expected, row.high, row.possible) == (
            after[key].forced, after[key].low, after[key].expected, after[key].high, after[key].possible,
        )  # fmt: skip
    assert found.changes == ()
    assert set(found.atlas.links) == set(world.links)


@SOME
@given(owned_worlds(), ACTORS, st.sampled_from([0.0, 1.0, 2.0, 3.0]), st.integers(0, 5))
def test_shares_sum_to_one_after_any_refusal(world: Atlas, actor: tuple[str, ...], floor: float, seed: int) -> None:
    found = simulated(scene(Step("refuse", 1, carriers=("x", "z")), actor=actor, floor=floor), world, seed=seed)
    shares: dict[tuple[str, str], float] = {}
    for link in found.atlas.links:
        if not link.pending:
            shares[link.tadig, link.service] = shares.get((link.tadig, link.service), 0.0) + link.share_point
    assert all(total == pytest.approx(1.0) for total in shares.values())


@SOME
@given(owned_worlds(), ACTORS, SCOPES)
def test_crossings_of_all_carriers_sum_to_one(world: Atlas, actor: tuple[str, ...], scope: str) -> None:
    found = simulated(scene(Step("refuse", 1, scope=scope), actor=actor), world)
    for state in ("before", "after"):
        parts = [row.share_of_crossings for row in found.dependence if (row.state, row.service) == (state, "all")]
        assert not parts or sum(parts) == pytest.approx(1.0) or sum(parts) == 0.0


@SOME
@given(owned_worlds(), ACTORS)
def test_reach_is_lost_only_where_a_partner_keeps_no_accepted_carrier(world: Atlas, actor: tuple[str, ...]) -> None:
    found = simulated(scene(Step("refuse", 1, scope="indirect"), actor=actor, floor=2.0), world)
    inside = {row.carrier_id for row in world.control}
    kept: dict[tuple[str, str], bool] = {}
    for link in found.atlas.links:
        keeps = (link.node not in inside and not set(link.candidates) <= inside) or not link.candidates
        kept[link.tadig, link.service] = kept.get((link.tadig, link.service), False) or keeps
    if all(kept.values()) and not measure(found, "no_carrier"):
        assert measure(found, "reach_lost", "actor" if found.scenario.actor_networks else "everyone") == 0.0
    for row in found.reach:
        if row.certainty != "possible" and row.reason == "partner_only_refused":
            assert not kept[row.partner, row.service]


@SOME
@given(owned_worlds(), ACTORS, st.integers(0, 5))
def test_the_same_seed_gives_the_same_rows(world: Atlas, actor: tuple[str, ...], seed: int) -> None:
    one, other = (simulated(scene(Step("refuse", 1), actor=actor), world, seed=seed) for _ in range(2))
    assert one == other


@SOME
@given(owned_worlds(), ACTORS, st.sampled_from(["encrypt", "home_route_sms", "break_out"]))
def test_protection_never_raises_exposure_and_changes_no_link(world: Atlas, actor: tuple[str, ...], kind: str) -> None:
    found = simulated(scene(Step(kind, 1), actor=actor), world)
    before, after = levels(found, "before"), levels(found, "after")
    for key, row in after.items():
        for level in ("low", "expected", "high", "possible"):
            assert getattr(row, level) <= getattr(before[key], level) + 1e-9
    assert set(found.atlas.links) == set(world.links)


@SOME
@given(owned_worlds())
def test_a_breach_exposes_everything_of_its_own_and_lowers_nothing(world: Atlas) -> None:
    found = simulated(scene(Step("breach", 1), actor=("XAA1",)), world)
    before, after = levels(found, "before"), levels(found, "after")
    for key, row in after.items():
        assert row.expected >= before[key].expected - 1e-9
        if row.subject == "XAA1" and row.subject_kind == "operator" and row.perspective == "outbound":
            assert row.expected == 1.0 or row.threat == "inject"
