"""The screen that a manager reads: the answer first, doubt beside it, the next step last."""

from __future__ import annotations

from datetime import date

import pytest

from ipxray.exposure import Reach
from ipxray.report import Level, aligned, level_text, summary_lines
from ipxray.report.headline import CarrierLine, GroupReach, Headline, Scope, Subject, Unknown

LEVEL = Level(0.31, 0.12, 0.55)


def headline(**changes: object) -> Headline:
    made: dict[str, object] = {
        "scope": Scope(2, 3, 2, date(2020, 9, 16), date(2021, 7, 15), 0.04),
        "at": date(2026, 11, 1),
        "controller": "XA",
        "rule": "majority_50",
        "known_carriers": 9,
        "controlled_carriers": 2,
        "seated_carriers": 3,
        "reach": {
            "majority_50": Reach(3, 2, 1, 1, 2, 1, 1, 2, 0),
            "wide": Reach(3, 2, 2, 2, 2, 2, 2, 2, 0),
        },
        "most_exposed": (
            Subject(
                "TSTZ1",
                "XB",
                "Fictional One",
                dict.fromkeys(("credential", "location", "sms"), LEVEL),
                "confirmed",
                "C",
            ),
        ),
        "groups": (GroupReach("nato", 2, 1),),
        "carriers": (CarrierLine("umbra-interconnect", 0.4, 2, 1, "yes", "XT"),),
        "unknown": Unknown(
            {"own_gateway": 1, "unknown_name": 2},
            ("TSTZ2 sccp",),
            1,
            {"routing": 0.29, "missing": 0.1, "control": 0.0, "name": 0.0},
            "TSTZ1",
            0,
            0,
        ),
        "movers": (),
    }
    return Headline(**{**made, **changes})  # type: ignore[arg-type]


SCOPE = (
    "2 documents · 3 networks · 2 countries · declared 2020-09 to 2021-07 · "
    "4 % of the world's subscriptions are in these countries\n"
)
GOLDEN = """\
2 of 9 known carriers are controlled by XA (majority_50, as of 2026-11-01); 3 have their seat there

Touched: 1 of 3 operators, 1 of 2 countries declare at least one of these carriers (at least 1, at most 2).
Under another rule: wide 2 operators in 2 countries.
Groups (they overlap), networks touched: nato 1 of 2.

most exposed      read credentials  read location   read SMS        read user traffic  inject          grade
TSTZ1         XB  .31 [.12, .55]    .31 [.12, .55]  .31 [.12, .55]  -                  yes, confirmed  C
grade: how far to trust a figure, from A (declared lately, narrow, confirmed) to D (mostly doubt)

carriers that matter  share  operators  only carrier of  XA's  seat
umbra-interconnect      .40          2                1  yes   XT

not known: 2 names of no known carrier · 1 gateway whose carrier is undeclared (TSTZ2 sccp) · 1 link not yet in force
widest doubt: routing (.29): shares and roles that IR.21 does not give, widest for TSTZ1"""


def test_the_whole_screen() -> None:
    assert "\n".join(summary_lines(headline())) == SCOPE + GOLDEN


def test_without_a_pair_that_carries_weight_it_says_what_is_needed() -> None:
    shown = "\n".join(summary_lines(headline(most_exposed=())))
    assert "exposure needs two networks in different countries, a service whose weight is not 0, or --traffic" in shown


def test_nothing_unknown_is_said_in_words() -> None:
    nothing = Unknown({}, (), 0, dict.fromkeys(("routing", "missing", "control", "name"), 0.0), None, 0, 0)
    shown = "\n".join(summary_lines(headline(unknown=nothing)))
    assert "not known: nothing that was declared" in shown
    assert "widest doubt" not in shown


def test_roamer_days_that_could_not_be_counted_are_told() -> None:
    part = Unknown({}, (), 0, dict.fromkeys(("routing", "missing", "control", "name"), 0.0), None, 0, 0, 1 / 3)
    shown = "\n".join(summary_lines(headline(unknown=part)))
    assert "not known: .33 of the given roamer-days concern networks that were not read" in shown


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (Level(0.5, 0.0, 1.0), ".50 [0, 1]"),
        (Level(0.004, 0.0, 0.996), "<.01 [0, >.99]"),
        (Level(0.996, 0.994, 1.0), ">.99 [.99, 1]"),
        (None, "-"),
    ],
)
def test_only_a_true_zero_prints_as_zero_and_only_a_true_one_as_one(level: Level | None, text: str) -> None:
    assert level_text(level) == text


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert list(aligned(("a", "count"), [("long", "1"), ("b", "22")], right=(1,))) == [
        "a     count",
        "long      1",
        "b        22",
    ]
