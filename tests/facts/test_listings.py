"""Every topic is a table whose columns say what they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ipxray.errors import UsageError
from ipxray.facts import TOPICS, Fault, listing, load
from ipxray.tables import columns_of

POINTS = "point_code,name,owner,country,source\n4-176-4,S5,Gamma Ltd,XA,lab\n1-1-1,S1,Other Ltd,,lab\n"


def test_the_topics_are_those_of_the_command_line() -> None:
    assert TOPICS == (
        "countries", "groups", "networks", "signalling-points", "carriers", "aliases", "entities", "ownership",
        "vendors", "policy", "incidents", "sources",
    )  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_rows_of_its_columns_and_a_source_in_each(topic: str) -> None:
    facts = load()
    table = listing(facts, topic)
    assert table.name == topic.replace("-", "_")
    assert table.rows
    assert all(isinstance(row, table.row_type) for row in table.rows)
    assert all(column.doc for column in table.columns)
    assert {row.source for row in table.rows} <= set(facts.sources)


def test_a_fault_is_a_row_too() -> None:
    assert [column.name for column in columns_of(Fault)] == ["severity", "file", "line", "row", "field", "message"]


def test_signalling_points_come_in_order_with_the_carriers_that_hold_them(world: Callable[..., Any]) -> None:
    owner = '[[carrier]]\nid = "gamma"\nname = "Gamma"\nispc_owners = ["Gamma Ltd"]\nsource = "lab"\n'
    facts = world(owner + owner.replace("gamma", "delta"), {"signalling_points.csv": POINTS}).facts
    rows = listing(facts, "signalling-points").rows
    assert [(row.point_code, row.decimal, row.carriers) for row in rows] == [
        ("1-1-1", 2057, ()),
        ("4-176-4", 9604, ("delta", "gamma")),
    ]


def test_ownership_tells_the_share_in_words_and_bounds(world: Callable[..., Any]) -> None:
    facts = world(
        '[[ownership]]\nsubject = "alpha-transit"\ninterested_party = "state-xa"\ninterest_type = "shareholding"\n'
        'share = { exclusive_minimum = 50 }\nsource = "lab"\n'
        '[[ownership]]\nsubject = "alpha-transit"\ninterested_party = "state-xb"\n'
        'interest_type = "appointmentOfBoard"\nsource = "lab"\n'
    ).facts
    assert [(row.share, row.minimum, row.maximum) for row in listing(facts, "ownership").rows] == [
        ("over 50 %", 50, 100),
        (None, None, None),
    ]


def test_the_order_does_not_follow_the_files(world: Callable[..., Any]) -> None:
    assert [row.carrier for row in listing(world().facts, "carriers").rows] == ["alpha-transit", "beta-relay"]
    reverse = '[[alias]]\ntext = "Z"\ncarriers = ["beta-relay"]\nsource = "lab"\n'
    facts = world(reverse + reverse.replace('"Z"', '"a"')).facts
    assert [row.text for row in listing(facts, "aliases").rows] == ["a", "Z"]


@pytest.mark.parametrize(
    ("topic", "hint"), [("carrier", "did you mean carriers?"), ("xxx", "one of countries, groups")]
)
def test_an_unknown_topic_names_the_nearest_or_all(world: Callable[..., Any], topic: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        listing(world().facts, topic)
    assert hint in caught.value.hint
