"""A user's traffic file is read whole or refused with its line; nothing in it is believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipxray.errors import InputError
from ipxray.exposure import read_traffic

HEADER = "home,visited,roamer_days\n"


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "traffic.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_rows_are_read_whatever_their_case_blanks_and_line_ends(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffHome, visited ,ROAMER_DAYS\r\nxaaa1, XBBB1 ,100\r\n\r\nXAAA1,XCCC1,2.5e2\r\n")
    assert read_traffic(path).roamer_days == {("XAAA1", "XBBB1"): 100.0, ("XAAA1", "XCCC1"): 250.0}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "line 1: has another header"),
        ("from,to,days\nXAAA1,XBBB1,1\n", "line 1: has another header"),
        (HEADER, "holds no row"),
        (HEADER + "XAAA1,XBBB1\n", "line 2: 2 fields"),
        (HEADER + "XAAA1,XBBB1,1\nXAAA1,XCCC1,1,1\n", "line 3: 4 fields"),
        (HEADER + "XAAA1,XBBB1,many\n", "line 2: roamer_days 'many' is no number from 0 to"),
        (HEADER + "XAAA1,XBBB1,-1\n", "line 2: roamer_days '-1' is no number from 0 to"),
        (HEADER + "XAAA1,XBBB1,nan\n", "line 2: roamer_days 'nan' is no number from 0 to"),
        (HEADER + "XAAA1,XBBB1,inf\n", "line 2: roamer_days 'inf' is no number from 0 to"),
        (HEADER + "XAAA1,XBBB1,1e13\n", "line 2: roamer_days '1e13' is no number from 0 to"),
        (HEADER + ",XBBB1,1\n", "line 2: a network without a name"),
        (HEADER + "XAAA1,xaaa1,1\n", "line 2: XAAA1 roams on itself"),
        (HEADER + "XAAA1,XBBB1,1\nXBBB1,XAAA1,1\nxaaa1,XBBB1,2\n", "line 4: XAAA1,XBBB1 is given twice"),
        (HEADER + "X" * 5000, "line 2: line is too long"),
        (HEADER + '"XAAA1,XBBB1,1\n', "is not a CSV table"),
        (HEADER.encode() + b"XAAA1,XBBB\xff,1\n", "is not UTF-8 text"),
        ("home,visited,roamer_days\n".encode("utf-16"), "is not UTF-8 text"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_place(tmp_path: Path, content: str | bytes, problem: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError) as refused:
        read_traffic(path)
    assert str(path) in str(refused.value)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_traffic(path)


def test_a_file_beyond_the_budget_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(InputError, match="larger than 128 MB"):
        read_traffic(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for start in (b"", HEADER.encode()):
        try:
            read = read_traffic(written(tmp_path, start + content))
        except InputError:
            continue
        assert all(0.0 <= days <= 1e12 for days in read.roamer_days.values())
