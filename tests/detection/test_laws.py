"""Laws of detection: what lies in which file, and in which order it is read, changes no finding."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from tests.detection.test_detect import HOME, STRANGER, interrogation
from tests.detection.worlds import World, rule_file, write_messages

from ipxray import detection

OTHER = "THAZZ"


@pytest.fixture
def rules(tmp_path: Path) -> detection.Rules:
    """Rules that read history, windows and pairs."""
    queries = {
        "ss7/asked": "SELECT capture, frame, index FROM enriched WHERE operation_code = 71 AND from_outside",
        "campaign/many": "SELECT capture, frame, index FROM enriched "
        "WHERE sender_subscribers_10m >= 3 AND from_outside",
        "campaign/several": "SELECT capture, frame, index FROM enriched WHERE subscriber_senders_10m >= 2",
        "ss7/elsewhere": "SELECT capture, frame, index FROM enriched WHERE since_registration_us IS NOT NULL "
        "AND sender_is_serving = FALSE AND operation_code = 2 AND speed_kmh > 1000 AND is_answered",
    }
    for name, query in queries.items():
        rule_file(tmp_path / "rules", name, query=query)
    return detection.load_rules([tmp_path / "rules"], shipped=False)


def traffic(world: World) -> list[dict[str, Any]]:
    """Registrations, their answers, and questions by two strangers about five subscribers."""
    rows: list[dict[str, Any]] = []
    at = 1_793_500_000_000_000
    for number in range(24):
        at += 7_000_000
        sender = (STRANGER, OTHER)[number % 2]
        imsi = f"{world.plmn(HOME)}{number % 5:010d}"
        registers = number % 3 == 0
        asked = interrogation(
            world,
            imsi=imsi,
            observed_at=at,
            calling_global_title=world.number(sender),
            originating_transaction=number,
            **({"operation_code": 2, "operation": "updateLocation"} if registers else {}),
        )
        rows.append(asked)
        if registers:
            answer = asked | {
                "observed_at": at + 90_000, "delay": 90_000, "message_type": "end", "component": "return_result",
                "originating_transaction": None, "destination_transaction": number, "imsi": None,
                "calling_global_title": asked["called_global_title"],
                "called_global_title": asked["calling_global_title"],
            }  # fmt: skip
            rows.append(answer)
    return rows


def told(found: detection.Findings) -> list[tuple[Any, ...]]:
    """The findings without the names of files and frames."""
    return sorted(finding._replace(evidence=()) for finding in found.findings)


def test_the_order_in_which_messages_lie_in_a_table_changes_nothing(
    world: World, rules: detection.Rules, tmp_path: Path
) -> None:
    rows = [{**row, "frame": number} for number, row in enumerate(traffic(world), start=1)]
    expected = world.detect([write_messages(tmp_path / "a" / "messages.parquet", rows)], rules)
    assert {name for name, count in expected.fired.items() if count} == {rule.id for rule in rules.rules}
    for seed in (1, 2):
        random.Random(seed).shuffle(rows)
        found = world.detect([write_messages(tmp_path / str(seed) / "messages.parquet", rows)], rules)
        assert found.findings == expected.findings
        assert found.evidence == expected.evidence


def test_one_capture_in_several_files_gives_the_same_findings(
    world: World, rules: detection.Rules, tmp_path: Path
) -> None:
    rows = traffic(world)
    expected = told(world.detect([write_messages(tmp_path / "whole" / "messages.parquet", rows)], rules))
    for cut in (1, 9, 20):
        parts = [
            write_messages(tmp_path / f"{cut}-{name}.parquet", [{**row, "capture": name} for row in part])
            for name, part in (("a.pcap", rows[:cut]), ("b.pcap", rows[cut:]))
        ]
        assert told(world.detect(parts, rules)) == expected
