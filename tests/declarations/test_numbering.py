"""RoutingInfo: ranges, PLMN ids, E.214, in every layout and with every fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.declarations.documents import codes, corpus_of, document, el, leaf, network, number_range, routing

from ipxray.declarations.numbering import number_fields, read_number_range, read_routing
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.rows import Numbering
from ipxray.declarations.section import Paths, Reading, Section
from ipxray.declarations.xml import LocalNames

PATH = "Network[1]/NetworkData/RoutingInfoSection/RoutingInfo"


def read(info: str) -> tuple[list[Numbering], list[str]]:
    """The rows and problem codes of a RoutingInfo."""
    log = ProblemLog("a.xml")
    section = Section(
        etree.fromstring(f"<RoutingInfo>{info}</RoutingInfo>"), PATH, None, "TSTZ1", Reading(log, Paths(), None, "")
    )
    read_routing(section)
    return section.numbers, [problem.code for problem in log.close()]


def series(kind: str, *items: str) -> str:
    return el("CCITT_E164_NumberSeries", el(kind, *items))


def ranges(*items: str) -> tuple[list[tuple[str, str | None, str | None]], list[str]]:
    rows, found = read(series("MSISDN_NumberRanges", *(el("RangeData", item) for item in items)))
    return [(row.value, row.range_start, row.range_stop) for row in rows], found


def test_a_range_has_its_prefix_and_its_first_and_last_number_with_leading_zeros() -> None:
    assert ranges(number_range("999", "01", "0000", "0099")) == ([("99901", "999010000", "999010099")], [])


def test_without_subscriber_numbers_the_prefix_is_the_whole_range() -> None:
    assert ranges(number_range("999", "70")) == ([("99970", None, None)], [])


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (number_range("999", "1", "200", "100"), "range-reversed"),
        (number_range("999", "1", "00", "999"), "range-lengths"),
        (number_range("999", "x", "00", "99"), "number-invalid"),
        (number_range("999", "1", "\u0660\u0660", "\u0669\u0669"), "number-invalid"),
        (number_range("", "1", "00", "99"), "number-invalid"),
        (number_range("999", ""), "number-invalid"),
        (number_range("999", "1", "", "99"), "number-invalid"),
        (number_range("999", "1" * 13), "number-invalid"),
        (number_range("999", "1" * 10, "000", "999"), "number-invalid"),
        (number_range("9" * 1_000_000, "1"), "number-invalid"),
    ],
)
def test_a_range_that_is_none_is_told_and_the_others_are_kept(item: str, code: str) -> None:
    good = number_range("999", "2", "000", "999")
    assert ranges(good, item, good) == ([("9992", "9992000", "9992999")] * 2, [code])


def test_blanks_around_a_number_are_no_fault() -> None:
    assert ranges(number_range(" 999 ", "\n1", "00 ", " 99")) == ([("9991", "999100", "999199")], [])


def test_ranges_with_and_without_subscriber_numbers_stand_side_by_side() -> None:
    found, faults = ranges(number_range("999", "1"), number_range("999", "2", "00", "99"), number_range("999", "3"))
    assert found == [("9991", None, None), ("9992", "999200", "999299"), ("9993", None, None)]
    assert faults == []


def test_every_layout_of_a_list_gives_the_same_ranges() -> None:
    number = number_range("999", "1", "00", "99")
    for kind, item, path in (
        ("MSRN_NumberRanges", el("RangeData", number), "RangeData"),
        ("MSRN_NumberRanges", number, "NumberRange"),
        ("GT_NumberRanges", el("RangeData", leaf("NetworkOwner", "MNO"), number), "RangeData"),
        ("MSISDN_NumberRanges", el("RangeData", number, leaf("MVNONumber", "true")), "RangeData"),
    ):
        rows, found = read(series(kind, item, item))
        assert [row.range_start for row in rows] == ["999100", "999100"]
        assert rows[1].element_path == f"{PATH}/CCITT_E164_NumberSeries/{kind}/{path}[2]"
        assert found == []


def test_two_ranges_of_one_item_are_two_rows_with_its_path() -> None:
    two = el("RangeData", number_range("999", "1"), number_range("999", "2"))
    rows, found = read(series("GT_NumberRanges", two, el("RangeData", number_range("999", "3"))))
    assert [(row.value, row.element_path[-3:]) for row in rows] == [("9991", "[1]"), ("9992", "[1]"), ("9993", "[2]")]
    assert found == []


def test_ported_numbers_are_kept_apart_from_own_ones() -> None:
    item = el("NP_E164NumberRange", leaf("CC", "999"), leaf("NDC", "5"))
    rows, _ = read(el("NP_E164NumberRangesList", item))
    assert [(row.kind, row.value) for row in rows] == [("portability_range", "9995")]
    assert rows[0].element_path == f"{PATH}/NP_E164NumberRangesList/NP_E164NumberRange[1]"


def test_plmn_and_translation_are_read_with_their_zeros() -> None:
    rows, found = read(
        el("CCITT_E212_NumberSeries", leaf("MCC", "001"), leaf("MNC", "01"))
        + el("CCITT_E214_MGT", leaf("MGT_CC", "999"), leaf("MGT_NC", "01"))
    )
    assert [(row.kind, row.value) for row in rows] == [("e212", "00101"), ("e214", "99901")]
    assert found == []


@pytest.mark.parametrize("mnc", ["", "1", "0001", "AB"])
def test_a_plmn_that_is_none_is_told(mnc: str) -> None:
    assert read(el("CCITT_E212_NumberSeries", leaf("MCC", "001"), leaf("MNC", mnc))) == ([], ["number-invalid"])
    assert read(el("CCITT_E214_MGT", leaf("MGT_CC", ""), leaf("MGT_NC", mnc))) == ([], ["number-invalid"])


def test_numbers_under_a_foreign_calling_code_are_told(tmp_path: Path) -> None:
    foreign = el("GT_NumberRanges", el("RangeData", number_range("998", "1")))
    own = el("MSISDN_NumberRanges", el("RangeData", number_range("999", "1")))
    translation = el("CCITT_E214_MGT", leaf("MGT_CC", "998"), leaf("MGT_NC", "1"))
    info = el("RoutingInfoSection", el("RoutingInfo", el("CCITT_E164_NumberSeries", own, foreign), translation))
    corpus = corpus_of(tmp_path, document(network("TSTZ1", info)))
    assert codes(corpus) == ["calling-code-foreign", "e214-foreign", "plmn-missing"]


def test_the_layout_of_8_without_wrapper_is_read(tmp_path: Path) -> None:
    wrapped = routing(number_range("999", "1", "00", "99"))
    bare = wrapped.replace("<RoutingInfo>", "").replace("</RoutingInfo>", "")
    one = corpus_of(tmp_path, document(network("TSTZ1", wrapped)))
    other = corpus_of(tmp_path, document(network("TSTZ1", bare), version="8.2"))
    assert [row[1:8] for row in one.numbering] == [row[1:8] for row in other.numbering]
    assert other.networks[0].mcc_mnc == ("00101",)
    assert other.problems == ()
    assert other.numbering[0].element_path.endswith(
        "RoutingInfoSection/CCITT_E164_NumberSeries/MSISDN_NumberRanges/RangeData[1]"
    )


texts = st.sampled_from(["999", "1", "", "00", "99", "12", "x", " 5 ", "1234567890"]) | st.none()


@given(st.lists(st.tuples(texts, texts, texts, texts), max_size=4))
def test_reading_all_at_once_is_reading_one_after_the_other(items: list[tuple[str | None, ...]]) -> None:
    """The quick way over whole columns must not differ from the plain way in anything."""

    def fields(cc: str | None, ndc: str | None, start: str | None, stop: str | None) -> str:
        span = "".join(
            leaf(name, text) for name, text in (("SN_RangeStart", start), ("SN_RangeStop", stop)) if text is not None
        )
        named = (("CC", cc), ("NDC", ndc))
        return el("NumberRange", *(leaf(name, text) for name, text in named if text is not None), el("SN_Range", span))

    written = [el("RangeData", fields(*item)) for item in items]
    rows, found = read(series("GT_NumberRanges", *written))
    root = etree.fromstring(el("GT_NumberRanges", *written))
    expected = [read_number_range(*texts)[1] for _, texts in number_fields(root, "RangeData", LocalNames())]
    assert [(row.value, row.range_start, row.range_stop) for row in rows] == [
        each for each in expected if not isinstance(each, str)
    ]
    assert found == [each for each in expected if isinstance(each, str)]
