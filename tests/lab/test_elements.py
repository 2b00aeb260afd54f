"""What the lab writes is XML, whatever stands in its texts, and binds the namespace in four ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ipxray.lab.elements import NAMESPACE, PREFIX_STYLES, Element, PrefixStyle, branch, leaf, render

NAMES = st.from_regex(r"[A-Z][A-Za-z0-9_]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn", "Cc")), max_size=20)
ELEMENTS: st.SearchStrategy[Element] = st.recursive(
    st.tuples(NAMES, TEXTS), lambda inner: st.tuples(NAMES, st.lists(inner, max_size=4)), max_leaves=12
)


def as_pair(element: etree._Element) -> Element:
    name = etree.QName(element).localname
    if len(element):
        return name, [as_pair(child) for child in element]
    return name, element.text or ""


def emptied(element: Element) -> Element:
    """XML cannot tell an element without children from one without text."""
    name, content = element
    if not content:
        return name, ""
    return name, content if isinstance(content, str) else [emptied(child) for child in content]


@given(st.lists(ELEMENTS, min_size=1, max_size=3), st.sampled_from(PREFIX_STYLES))
def test_what_is_written_reads_back(children: list[Element], style: PrefixStyle) -> None:
    root = etree.fromstring(render(children, version="14.0", style=style))
    assert [as_pair(child) for child in root] == [emptied(child) for child in children]


@pytest.mark.parametrize("style", PREFIX_STYLES)
def test_every_element_lies_in_the_namespace(style: PrefixStyle) -> None:
    root = etree.fromstring(render([branch("A", leaf("B", "text"))], version="13.1", style=style))
    assert {etree.QName(element).namespace for element in root.iter()} == {NAMESPACE}


def test_the_styles_differ() -> None:
    assert len({render([leaf("A", "b")], version="14.0", style=style) for style in PREFIX_STYLES}) == len(PREFIX_STYLES)


def test_absent_children_are_left_out() -> None:
    assert branch("A", None, leaf("B", True), None) == ("A", [("B", "true")])
