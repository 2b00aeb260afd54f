"""Grades: coverage, doubt and confirmation."""

from __future__ import annotations

import pytest
from tests.exposure.builders import (
    atlas,
    links,
    operator,
    primary,
    unstated,
)
from tests.exposure.worlds import H1, ONE_PAIR, V1, measured, read_row

from ipxray.exposure import Exposure


def graded(
    days: int | None, *, confirmed: bool = True, boxes: dict[str, tuple[float, float, float]] | None = None
) -> Exposure:
    names = ["x", "y", "z"] if confirmed else []
    world = atlas(
        [operator(H1, "XA", sccp="declared"), operator(V1, "XB", sccp="declared")],
        [
            *links(H1, "sccp", boxes or primary("x"), confirmed=names, fresh_days=days),
            *links(V1, "sccp", primary("y"), confirmed=names, fresh_days=days),
        ],
    )
    return read_row(measured(world, traffic=ONE_PAIR), service="sccp", data_class="credential")


@pytest.mark.parametrize(
    ("days", "grade"),
    [(0, "A"), (120, "A"), (365, "B"), (365 * 2, "C"), (365 * 3, "D"), (None, "D")],
)
def test_old_declarations_lower_the_grade(days: int | None, grade: str) -> None:
    assert graded(days).grade == grade


def test_freshness_decays_at_both_ends() -> None:
    assert graded(365).coverage == pytest.approx(0.7412, abs=1e-3)


def test_an_unconfirmed_figure_is_no_better_than_c() -> None:
    assert graded(0, confirmed=False).grade == "C"


def test_a_wide_interval_lowers_the_grade() -> None:
    assert graded(0, boxes=primary("x", "z")).grade == "A"
    assert graded(0, boxes={"x": (0.6, 0.8, 1.0), "z": (0.0, 0.2, 0.4)}).grade == "B"
    assert graded(0, boxes=unstated("x", "z")).grade == "D"
