"""Bytes of any origin: an element tree, or one refusal with its code and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ipxray.declarations import PROBLEMS
from ipxray.declarations.xml import (
    DOCUMENT_BYTES,
    LEAVES,
    MARKUP,
    LocalNames,
    Refusal,
    child,
    children,
    leaves,
    new_parser,
    parse,
    path_of,
    text_of,
    texts_of,
)  # fmt: skip

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'


def refused(data: bytes) -> Refusal:
    found = parse(data, new_parser())
    assert isinstance(found, Refusal), etree.tostring(found)[:200]
    return found


def parsed(data: bytes) -> etree._Element:
    found = parse(data, new_parser())
    assert not isinstance(found, Refusal), found
    return found


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b" " * 1_000_000, "empty"),
        (b"Dear partner", "xml-broken"),
        (b"PK\x03\x04", "xml-broken"),
        (HEAD, "xml-broken"),
        (HEAD + b"<a><b></a>", "xml-broken"),
        (HEAD + b"<a><b>text", "xml-broken"),
        (HEAD + b"<a/><b/>", "xml-broken"),
        (HEAD + b"<a>&undefined;</a>", "xml-broken"),
        (HEAD + b"<a>\x1b</a>", "xml-broken"),
        (HEAD + b"<a>&#27;</a>", "xml-broken"),
        (HEAD + b"<a>\0</a>", "xml-broken"),
        (HEAD + b"\0" * 1000, "xml-broken"),
        (HEAD + b"<!-- never closed <a/>", "xml-broken"),
        (HEAD + b"<!DOCTYPE a><a/>", "xml-doctype"),
        (HEAD + b"<!-- <a> --><!doctype a><a/>", "xml-doctype"),
        (b"\xef\xbb\xbf<!DOCTYPE a><a/>", "xml-doctype"),
        (BOMB, "xml-doctype"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "xml-doctype"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', "xml-doctype"),
        ("\ufeff<!DOCTYPE a><a/>".encode("utf-16-le"), "xml-doctype"),
        ("\ufeff<!DOCTYPE a><a/>".encode("utf-16-be"), "xml-doctype"),
        ("<!DOCTYPE a><a/>".encode("utf-16-le"), "xml-doctype"),
        ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><a/>".encode("utf-16"), "xml-doctype"),
        ("<a/>".encode("utf-32"), "xml-encoding"),
        ("<a/>".encode("utf-32-be"), "xml-encoding"),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-', "xml-encoding"),
        (b'<?xml version="1.0" encoding="x-martian"?><a/>', "xml-encoding"),
        (HEAD + "<a>Télécom</a>".encode("latin-1"), "xml-encoding"),
        (b"<a>" * 200_000 + b"</a>" * 200_000, "xml-too-complex"),
        (b"<" + b"a" * 100_000 + b"/>", "xml-too-complex"),
        (b"<!-- " + b"x" * 100_000 + b" --><a/>", "xml-too-complex"),
        (b"<?x " + b"x" * 100_000 + b"?><!DOCTYPE a><a/>", "xml-too-complex"),
        (b"<a>" + b"<b/>" * (MARKUP + 1) + b"</a>", "xml-too-complex"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "xml-too-complex"),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else value,
)
def test_what_is_no_document_is_refused_with_one_reason(data: bytes, code: str) -> None:
    refusal = refused(data)
    assert refusal.code == code
    assert code in PROBLEMS
    assert "\n" not in refusal.message


def test_a_refusal_says_the_line_and_not_the_text() -> None:
    refusal = refused(HEAD + b"\n<a>\n<GivenName>Secret Person</FamilyName></a>")
    assert refusal.place == "line 3"
    assert "Secret" not in refusal.message
    assert "GivenName" not in refusal.message


@pytest.mark.parametrize(
    "data",
    [
        HEAD + "<a>Télécom</a>".encode(),
        b"\xef\xbb\xbf<a>T\xc3\xa9l\xc3\xa9com</a>",
        '<?xml version="1.0" encoding="UTF-16"?><a>Télécom</a>'.encode("utf-16"),
        "<a>Télécom</a>".encode("utf-16"),
        '<?xml version="1.0" encoding="ISO-8859-1"?><a>Télécom</a>'.encode("latin-1"),
        b'<?xml version="1.0" encoding="windows-1252"?><a>T\xe9l\xe9com</a>',
        b"<!-- <!DOCTYPE a> --><?x <!DOCTYPE b>?><a>T\xc3\xa9l\xc3\xa9com</a>",
    ],
)
def test_ordinary_encodings_are_read(data: bytes) -> None:
    assert parsed(data).text == "Télécom"


def test_a_doctype_within_a_comment_or_a_text_is_none() -> None:
    assert parsed(b"<a><!-- <!DOCTYPE a> -->&lt;!DOCTYPE a></a>").text == "<!DOCTYPE a>"


def test_comments_and_instructions_do_not_split_a_text() -> None:
    assert parsed(b"<a>12<!-- x -->3<?y z?>4<![CDATA[5]]></a>").text == "12345"


@given(st.binary(max_size=400) | st.binary(max_size=60).map(lambda data: HEAD + b"<a>" + data + b"</a>"))
def test_any_bytes_give_a_tree_or_a_refusal(data: bytes) -> None:
    found = parse(data, new_parser())
    assert isinstance(found, etree._Element) or (found.code in PROBLEMS and found.message)


def test_names_are_compared_without_namespace_and_prefix() -> None:
    root = parsed(b'<x:a xmlns:x="urn:1"><x:b>1</x:b><b xmlns="urn:2">2</b><b>3</b></x:a>')
    assert [found.text for _, found in children(root, "b")] == ["1", "2", "3"]
    assert text_of(root, "b") == "1"
    assert child(root, "c") is None
    assert text_of(root, "c") is None
    assert [LocalNames()[found.tag] for found in root] == ["b", "b", "b"]


def test_blank_texts_are_none() -> None:
    root = parsed(b"<a><b> </b><c/><d> x </d></a>")
    assert text_of(root, "b") is text_of(root, "c") is None
    assert texts_of(root, LocalNames()) == {"d": "x"}


def test_the_leaves_of_an_unknown_layout_have_paths_with_positions_where_names_repeat() -> None:
    root = parsed(b"<a><b><n>1</n></b><b><n>2</n><m>3</m></b><Contacts><n>4</n></Contacts><c>5</c></a>")
    found = [(path, leaf.text) for path, _, leaf in leaves(root, "a", LocalNames())]
    assert found == [("a/b[1]/n", "1"), ("a/b[2]/n", "2"), ("a/b[2]/m", "3"), ("a/c", "5")]


def test_the_path_of_an_element_is_that_of_the_walk() -> None:
    root = parsed(b"<a><b><n>1</n></b><b><n>2</n><m>3</m></b><c>5</c></a>")
    known = {root: "a"}
    for path, _, leaf in leaves(root, "a", LocalNames()):
        assert path_of(leaf, known, LocalNames()) == path


def test_the_walk_ends_in_a_hostile_layout() -> None:
    root = parsed(b"<a>" + b"<b/>" * (LEAVES + 10) + b"</a>")
    assert sum(1 for _ in leaves(root, "a", LocalNames())) == LEAVES


def test_a_document_of_the_greatest_size_is_still_read() -> None:
    body = b"<a>" + b"<b>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</b>" * 300_000 + b"</a>"
    assert len(body) < DOCUMENT_BYTES
    assert len(parsed(body)) == 300_000
