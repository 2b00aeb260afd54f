"""From messages to findings: the whole way on a handful of messages. Ref: docs/reference/tables.md, findings."""

from __future__ import annotations

from pathlib import Path

from tests.detection.worlds import World, rule_file, write_messages

from ipxray import detection

HOME, STRANGER = "ALBZZ", "LAOZZ"


def interrogation(world: World, **changes: object) -> dict[str, object]:
    """One anyTimeInterrogation about a subscriber of HOME that bears an address of STRANGER."""
    return {
        "protocol": "map", "message_type": "begin", "component": "invoke", "operation_code": 71,
        "operation": "anyTimeInterrogation", "application_context": "0.4.0.0.1.0.29.3",
        "calling_global_title": world.number(STRANGER), "calling_numbering_plan": 1,
        "called_global_title": world.number(HOME), "called_numbering_plan": 1,
        "imsi": world.plmn(HOME) + "0123456789", "originating_transaction": 7, "invoke_id": 1,
    } | changes  # fmt: skip


def test_a_question_from_outside_is_a_finding(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    table = write_messages(tmp_path / "messages.parquet", [interrogation(world)])
    found = world.detect([table], detection.load_rules([tmp_path / "rules"], shipped=False))
    (finding,) = found.findings
    assert (finding.source_network, finding.home_network, finding.messages) == (STRANGER, HOME, 1)
    assert finding.explanation.startswith(f"A message bearing the address of {world.number(STRANGER)} asked where ")
    assert finding.evidence == ("a.pcap:1",)
    assert [row.finding_id for row in found.evidence] == [finding.finding_id]


def test_no_subscriber_leaves_unmasked(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    imsi = world.plmn(HOME) + "0123456789"
    routed_by_imsi = interrogation(world, called_global_title=imsi, called_numbering_plan=6)
    table = write_messages(tmp_path / "messages.parquet", [interrogation(world), routed_by_imsi])
    found = world.detect([table], detection.load_rules([tmp_path / "rules"], shipped=False))
    assert found.findings[0].messages == 2
    assert imsi not in repr(found.findings)
    assert imsi not in repr(found.evidence)


def test_the_home_itself_is_no_outsider(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    own = interrogation(world, calling_global_title=world.number(HOME, position=1))
    table = write_messages(tmp_path / "messages.parquet", [own])
    found = world.detect([table], detection.load_rules([tmp_path / "rules"], shipped=False))
    assert found.findings == ()
    assert found.messages == 1
