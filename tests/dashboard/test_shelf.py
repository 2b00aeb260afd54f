"""What lies in the folder is known by what it holds; what cannot be read is named, not hidden."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.dashboard.conftest import PORT, opened, version_of

from ipxray.dashboard import Dashboard, Keys, Shelf
from ipxray.dashboard.slugs import slug

FIELDS = ("kind", "watermark", "at", "headline", "tables", "parameters", "documents", "inputs")


@pytest.fixture
def copy(served: Path, tmp_path: Path) -> Path:
    return shutil.copytree(served, tmp_path / "served")


def test_every_assessment_is_found_with_its_folder_name(copy: Path) -> None:
    found, broken = Shelf(copy).all()
    assert [one.name for one in found] == ["everyone", "night", "xa"]
    assert not broken


def test_a_folder_that_is_an_assessment_is_served_itself(copy: Path) -> None:
    (one,), _ = Shelf(copy / "xa").all()
    assert one.name == "."


def test_the_same_bytes_have_the_same_version_wherever_they_lie(copy: Path, served: Path) -> None:
    assert [one.version for one in Shelf(copy).all()[0]] == [one.version for one in Shelf(served).all()[0]]


def test_one_changed_octet_is_another_version(copy: Path) -> None:
    shelf = Shelf(copy)
    before = shelf.by_name("xa")
    manifest = copy / "xa" / "assessment.json"
    manifest.write_text(manifest.read_text().replace("2026-11-01", "2026-11-02", 1))
    after = shelf.by_name("xa")
    assert before is not None
    assert after is not None
    assert before.version != after.version
    assert shelf.by_version(before.version) is None
    assert shelf.name_of(before.version) == "xa"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'"x"'])
def test_a_manifest_that_is_none_is_named_as_broken(copy: Path, content: bytes) -> None:
    (copy / "xa" / "assessment.json").write_bytes(content)
    found, broken = Shelf(copy).all()
    assert [one.name for one in found] == ["everyone", "night"]
    assert [one.name for one in broken] == ["xa"]
    assert "assessment.json" in broken[0].problem


@pytest.mark.parametrize("value", [None, 3, [3], "<script>", {"a": [{}]}])
def test_a_manifest_with_senseless_values_is_still_an_assessment(copy: Path, value: object) -> None:
    path = copy / "xa" / "assessment.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **dict.fromkeys(FIELDS, value)}))
    senseless = Dashboard(copy, Keys(PORT))
    client = opened(senseless)
    client.get("/", params={"token": senseless.keys.token})
    assert client.get("/").status_code == 200
    version = version_of(senseless, "xa")
    for view in ("overview", "operators", "tables", "report", "pairs/" + slug("AAAZZ>BBBZZ")):
        answer = client.get(f"/a/{version}/{view}")
        assert answer.status_code in (200, 404), answer.text
        assert "<script>" not in answer.text.replace('<script type="application/json">', "")


def test_links_that_lead_out_of_the_folder_are_not_followed(copy: Path, tmp_path: Path) -> None:
    (copy / "out").symlink_to(shutil.copytree(copy / "xa", tmp_path / "elsewhere"))
    (copy / "xa" / "tables" / "secret.parquet").symlink_to("/etc/passwd")
    found, _ = Shelf(copy).all()
    assert [one.name for one in found] == ["everyone", "night", "xa"]
    assert all("secret" not in one.tables for one in found)


def test_what_is_still_being_written_is_not_shown(copy: Path) -> None:
    (copy / "xa").rename(copy / ".xa.77.partial")
    assert [one.name for one in Shelf(copy).all()[0]] == ["everyone", "night"]
