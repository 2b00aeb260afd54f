"""A list of like items as columns: said only where each text is surely that of its item."""

from __future__ import annotations

import pytest
from lxml import etree

from ipxray.declarations.columns import text_column
from ipxray.declarations.xml import new_parser


def column(items: str, *fields: str) -> list[str | None] | None:
    listed = etree.fromstring(f'<x:L xmlns:x="urn:x" xmlns:y="urn:y">{items}</x:L>', new_parser())
    return text_column(listed, "I", *fields or ("F",))


def test_each_item_has_the_text_of_its_field_in_any_namespace_and_depth() -> None:
    assert column("<x:I><x:F>a</x:F></x:I> <x:I><y:W><y:F> b </y:F></y:W></x:I>") == ["a", " b "]


def test_an_item_without_the_field_has_none() -> None:
    assert column("<I/><I><G>b</G></I><I><F>c</F></I><I/>") == [None, None, "c", None]


def test_one_of_several_fields_will_do() -> None:
    assert column("<I><F>a</F></I><I><G>b</G></I>", "F", "G") == ["a", "b"]


@pytest.mark.parametrize(
    "items",
    [
        "<I><F>a</F><F>b</F></I><I/>",
        "<I><F>a</F><W><G>b</G></W></I>",
        "<I><F/></I>",
        "<I><F>a</F><F/></I>",
        "<I>own<F>a</F></I>",
        "<F>a</F><I/>",
        "<I><F>a</F></I><Other/>",
        "<I><F>a</F><I/></I>",
    ],
    ids=[
        "twice", "two of several", "empty", "twice, one empty", "text of its own", "before all items",
        "something else", "an item in an item",
    ],
)  # fmt: skip
def test_what_no_column_can_say_is_left_to_a_slower_reader(items: str) -> None:
    assert column(items, "F", "G") is None
