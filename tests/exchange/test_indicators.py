"""What leaves comes back: the addresses of an export are found again by those who read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.conftest import DIAMETER, FINDINGS, GTP, finding, write

from ipxray import detection, exchange
from ipxray.cli import main
from ipxray.exchange.addresses import kind_of


@pytest.mark.parametrize("form", ["stix", "misp"])
def test_the_addresses_of_an_export_are_read_back_as_indicators(folder: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(exchange.export_text(folder, form))
    found, faults = detection.read_indicators(path)
    assert not faults
    values = {(each.kind, each.value) for each in found}
    expected = {
        ("global_title", FINDINGS[0].source_address),
        ("host", DIAMETER.source_address),
        ("ip_range", GTP.source_address),
    }
    assert expected <= values


def test_import_writes_what_detect_looks_for(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("stix", "misp"):
        (tmp_path / f"{form}.json").write_text(exchange.export_text(folder, form))
    target = tmp_path / "indicators.csv"
    assert main(["import", str(tmp_path / "stix.json"), str(tmp_path / "misp.json"), "--output", str(target)]) == 0
    found, faults = detection.read_indicators(target)
    assert not faults
    assert {each.value for each in found} >= {row.source_address for row in FINDINGS[:3]}
    assert "indicators" in capsys.readouterr().err


def test_a_file_that_holds_none_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bundle.json"
    path.write_text('{"type": "bundle", "objects": []}')
    assert main(["import", str(path), "--output", str(tmp_path / "out.csv")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_pseudonym_is_no_address_to_look_for(tmp_path: Path) -> None:
    folder = write(tmp_path / "night", (finding(1, source_address="999~bcdfghjkmnpqrstvbcdf"),), ())
    text = exchange.export_text(folder, "stix")
    assert '"type": "indicator"' not in text


@given(st.text(max_size=40))
def test_any_text_has_a_kind_or_none(text: str) -> None:
    assert kind_of(text) in ("ip", "global_title", "host", None)
