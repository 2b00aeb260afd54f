"""Deciding about a finding: kept in the folder as a whole or not at all, never over what somebody else decided."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from tests.dashboard.conftest import ORIGIN, SCRIPT, opened, version_of, write_night

from ipxray.dashboard import Dashboard
from ipxray.dashboard.triage import LONGEST_NOTE, STATES, Conflict, Decision, Triage, cleaned
from ipxray.errors import InputError, OutputError

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
FINDING = "F00000000000000aa"


@pytest.fixture
def desk(fresh: Dashboard) -> TestClient:
    """A browser over a folder that holds one night's findings."""
    write_night(fresh.shelf.root / "night")
    client = opened(fresh)
    client.get("/", params={"token": fresh.keys.token})
    client.base_url = client.base_url.join(f"/a/{version_of(fresh, 'night')}/")
    return client


def test_a_finding_is_new_until_somebody_decides(desk: TestClient) -> None:
    rows = desk.get("findings.json").json()["rows"]
    assert {row["state"] for row in rows} == {"new"}


def test_a_decision_is_kept_and_shown_everywhere(desk: TestClient, fresh: Dashboard) -> None:
    kept = desk.post(f"findings/{FINDING}/triage", data={"state": "confirmed", "note": "seen before"}, headers=ORIGIN)
    assert kept.status_code == 200, "led to the finding's page"
    assert "seen before" in kept.text
    (row,) = desk.get("findings.json", params={"state": "confirmed"}).json()["rows"]
    assert (row["finding_id"], row["note"]) == (FINDING, "seen before")
    assert FINDING not in desk.get("findings.csv", params={"state": "new"}).text
    content = json.loads((fresh.shelf.root / "night" / "triage.json").read_text())
    assert content["findings"][FINDING]["state"] == "confirmed"


def test_deciding_changes_no_data_version(desk: TestClient, fresh: Dashboard) -> None:
    before = version_of(fresh, "night")
    desk.post(f"findings/{FINDING}/triage", data={"state": "closed"}, headers=ORIGIN)
    assert version_of(fresh, "night") == before


def test_what_was_decided_outlives_a_new_run_into_the_same_folder(desk: TestClient, fresh: Dashboard) -> None:
    desk.post(f"findings/{FINDING}/triage", data={"state": "closed", "note": "known"}, headers=ORIGIN)
    write_night(fresh.shelf.root / "night")
    assert desk.get(f"findings/{FINDING}.json").json()["summary"]["triage"]["state"] == "closed"


def test_a_broken_file_of_decisions_hides_nothing_else(desk: TestClient, fresh: Dashboard) -> None:
    (fresh.shelf.root / "night" / "triage.json").write_text("{")
    assert desk.get("findings").status_code == 503
    assert desk.get("subscribers").status_code == 200


def test_the_second_of_two_who_decide_at_once_is_told(desk: TestClient) -> None:
    first = {"state": "confirmed", "note": "mine", "seen": ""}
    assert desk.post(f"findings/{FINDING}/triage", data=first, headers=ORIGIN).status_code == 200
    late = desk.post(f"findings/{FINDING}/triage", data={**first, "note": "theirs"}, headers=ORIGIN)
    assert late.status_code == 409
    seen = desk.get(f"findings/{FINDING}.json").json()["summary"]["triage"]
    assert seen["note"] == "mine"
    again = desk.post(
        f"findings/{FINDING}/triage", data={**first, "note": "both", "seen": seen["changed_at"]}, headers=ORIGIN
    )
    assert again.status_code == 200


@pytest.mark.parametrize(
    "form", [{}, {"state": "other"}, {"state": "closed", "note": "x" * (LONGEST_NOTE + 1)}, {"state": ["a", "b"]}]
)
def test_a_form_that_makes_no_sense_changes_nothing(desk: TestClient, form: dict[str, str], fresh: Dashboard) -> None:
    assert desk.post(f"findings/{FINDING}/triage", data=form, headers=ORIGIN).status_code == 422
    assert not (fresh.shelf.root / "night" / "triage.json").exists()


def test_nobody_decides_about_what_is_not_there(desk: TestClient) -> None:
    assert desk.post("findings/F0/triage", data={"state": "closed"}, headers=ORIGIN).status_code == 404


def test_another_site_decides_nothing(desk: TestClient, fresh: Dashboard) -> None:
    for headers in ({}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}):
        answer = desk.post(f"findings/{FINDING}/triage", data={"state": "closed"}, headers=headers)
        assert answer.status_code in (401, 403)
    assert not (fresh.shelf.root / "night" / "triage.json").exists()


def test_a_note_is_text(desk: TestClient) -> None:
    desk.post(f"findings/{FINDING}/triage", data={"state": "closed", "note": f"{SCRIPT}\x00\x1b[31m"}, headers=ORIGIN)
    page = desk.get(f"findings/{FINDING}").text
    assert SCRIPT not in page
    assert "\x1b" not in page


def test_a_form_too_large_is_refused_before_it_is_read(desk: TestClient) -> None:
    answer = desk.post(f"findings/{FINDING}/triage", data={"state": "closed", "note": "x" * 100_000}, headers=ORIGIN)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"findings": []}', '{"findings": {"F1": {"state": "odd", "note": "", "changed_at": ""}}}',
             '{"findings": {"F1": 3}}', "[" * 100_000],
)  # fmt: skip
def test_a_file_that_is_no_triage_is_said_and_never_overwritten(tmp_path: Path, text: str) -> None:
    (tmp_path / "triage.json").write_text(text)
    triage = Triage(tmp_path)
    with pytest.raises(InputError, match="triage"):
        triage.all()
    with pytest.raises(InputError, match="triage"):
        triage.decide("F1", "closed", "", seen="", at=NOON)
    assert (tmp_path / "triage.json").read_text() == text


def test_what_another_program_wrote_meanwhile_counts(tmp_path: Path) -> None:
    mine, theirs = Triage(tmp_path), Triage(tmp_path)
    mine.decide("F1", "confirmed", "", seen="", at=NOON)
    theirs.decide("F2", "closed", "", seen="", at=NOON)
    assert set(mine.all()) == {"F1", "F2"}
    with pytest.raises(Conflict):
        mine.decide("F2", "new", "", seen="", at=NOON)


def test_a_folder_that_cannot_be_written_keeps_what_it_had(tmp_path: Path) -> None:
    triage = Triage(tmp_path / "gone")
    with pytest.raises(OutputError):
        triage.decide("F1", "closed", "", seen="", at=NOON)
    assert triage.of("F1") == Decision()


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.tuples(st.sampled_from(STATES), st.text()), max_size=5))
def test_what_is_decided_is_read_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, notes: dict[str, tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("triage")
    triage = Triage(folder)
    kept = {}
    for key, (state, note) in notes.items():
        usable = key.encode("utf-8", "ignore").decode()
        kept[usable] = triage.decide(usable, state, note, seen=triage.of(usable).changed_at, at=NOON)
    assert Triage(folder).all() == triage.all() == kept
    assert not [path for path in folder.iterdir() if path.name.endswith(".partial")]


@given(st.text())
def test_a_note_is_cleaned_once(note: str) -> None:
    assert cleaned(cleaned(note)) == cleaned(note)
    assert len(cleaned(note)) <= LONGEST_NOTE
    assert all(letter.isprintable() or letter == "\n" for letter in cleaned(note))
