"""Published addresses are looked for on every message. Ref: STIX 2.1 §4.7, MISP core format."""

from __future__ import annotations

import json
from pathlib import Path

from tests.detection.test_detect import STRANGER, interrogation
from tests.detection.worlds import World, rule_file, write_messages

from ipxray import detection

STIX = {
    "type": "bundle",
    "id": "bundle--00000000-0000-4000-8000-000000000001",
    "objects": [
        {
            "type": "indicator", "id": "indicator--1", "name": "a report", "pattern_type": "stix",
            "pattern": "[domain-name:value = 'bad.example'] OR [ipv4-addr:value = '192.0.2.0/29']",
            "valid_from": "2026-01-01T00:00:00Z", "valid_until": "2026-06-01T00:00:00Z",
        },
        {"type": "identity", "id": "identity--1", "name": "nobody"},
    ],
}  # fmt: skip
MISP = {
    "Event": {
        "Attribute": [{"type": "ip-src", "value": "192.0.2.1", "uuid": "u1"}, {"type": "text", "value": "no address"}],
        "Object": [{"name": "ss7-attack", "Attribute": [
            {"type": "text", "object_relation": "SccpCgGT", "value": "99912345", "uuid": "u2"}]}],
    }
}  # fmt: skip


def test_a_stix_bundle_gives_its_addresses_until_they_expire(tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(STIX), encoding="utf-8")
    found, faults = detection.read_indicators(path, "2026-05-01")
    assert faults == ()
    assert {(each.kind, each.value) for each in found} == {("host", "bad.example"), ("ip_range", "192.0.2.0/29")}
    assert detection.read_indicators(path, "2026-07-01") == ((), ())


def test_a_misp_event_gives_the_addresses_of_its_attributes_and_objects(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(MISP), encoding="utf-8")
    found, faults = detection.read_indicators(path)
    assert faults == ()
    assert [(each.kind, each.value, each.id) for each in found] == [
        ("ip_range", "192.0.2.1", "u1"), ("global_title", "99912345", "u2"),
    ]  # fmt: skip


def test_a_match_is_told_and_raises_confidence(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    rules = detection.load_rules([tmp_path / "rules"], shipped=False)
    table = write_messages(tmp_path / "messages.parquet", [interrogation(world)])
    seen = detection.Indicator("one", "global_title", world.number(STRANGER), "a test", "2026-01-01", 0.5, None, "")
    near = seen._replace(id="near", value=world.number(STRANGER) + "0")
    (without,) = world.detect([table], rules, indicators=[near]).findings
    (with_it,) = world.detect([table], rules, indicators=[seen, near]).findings
    assert (without.indicator, with_it.indicator) == (None, "one")
    assert with_it.confidence > without.confidence


def test_every_shipped_indicator_is_well_formed_and_expires() -> None:
    shipped = detection.shipped_indicators()
    assert len({each.id for each in shipped}) == len(shipped) > 0
    assert all(each.source and each.expires and 0 < each.confidence < 1 for each in shipped)
    assert detection.shipped_indicators("2999-01-01") == ()
