"""The international point code, 3-8-3. Ref: ITU-T Q.708 §2.3."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipxray.errors import UsageError
from ipxray.identity import PointCode


def test_decimal_and_3_8_3_are_one_to_one_over_all_codes() -> None:
    codes = [PointCode(value) for value in range(2**14)]
    assert len({code.dashed for code in codes}) == len(codes)
    for code in codes:
        assert PointCode.parse(code.dashed) == PointCode.parse(code.dotted) == PointCode.parse(str(code.value)) == code
        assert PointCode.of(code.zone, code.area, code.point) == code


@pytest.mark.parametrize("text", ["4-176-4", "4.176.4", "9604", "09604", "04-176-04", "004.176.004"])
def test_every_notation_gives_the_same_code(text: str) -> None:
    code = PointCode.parse(text)
    assert (code.value, code.zone, code.area, code.point) == (9604, 4, 176, 4)
    assert str(code) == code.dashed == "4-176-4"
    assert code.dotted == "4.176.4"


def test_a_padded_area_is_no_octal() -> None:
    assert PointCode.parse("4-024-0") == PointCode(8384)


@pytest.mark.parametrize(
    "text",
    ["", "16384", "99999", "-1", "8-0-0", "0-256-0", "0-0-8", "1-2.3", "1.2", "1-2-3-4", "1--3", "0x10", "4_1_4"],
)
def test_what_is_outside_7_255_7_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not an international point code: zone-area-point within 7-255-7"):
        PointCode.parse(text)


@pytest.mark.parametrize("value", [-1, 16384])
def test_a_value_has_fourteen_bits(value: int) -> None:
    with pytest.raises(UsageError):
        PointCode(value)


@pytest.mark.parametrize("parts", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_no_part_is_negative(parts: tuple[int, int, int]) -> None:
    with pytest.raises(UsageError):
        PointCode.of(*parts)


def test_codes_are_in_order_of_their_number_not_of_their_text() -> None:
    assert sorted([PointCode.parse("2-10-0"), PointCode.parse("2-9-0")]) == [PointCode(4168), PointCode(4176)]


@pytest.mark.shared
def test_both_columns_of_the_itu_list_are_the_same_code(shared: Path) -> None:
    text = (shared / "sources" / "itu-operational-bulletin-1295-2024-ispc-list.txt").read_text(encoding="utf-8")
    rows = re.findall(r"^\s*([0-7]-[0-9]{3}-[0-7])\s+([0-9]{3,5})\s", text, re.MULTILINE)
    assert len(rows) > 6000
    assert [pair for pair in rows if PointCode.parse(pair[0]) != PointCode.parse(pair[1])] == []


@pytest.mark.shared
def test_every_gateway_of_the_declarations_is_read(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "ir21").glob("*.xml"))]
    codes = {PointCode.parse(code) for text in texts for code in re.findall(r"<DPC>([^<]*)</DPC>", text)}
    assert len(codes) == 16
