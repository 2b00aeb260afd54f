"""Whatever rules, indicators, profiles and tables hold: one clear line each, and the rest still runs."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from tests.detection.test_detect import HOME, interrogation
from tests.detection.worlds import World, rule_file, write_messages

from ipxray import detection
from ipxray.errors import InputError, UsageError

BAD_QUERIES = {
    "SELECT capture, frame, index FROM enriched WHERE sender_netwrok = 'X'": "did you mean sender_network?",
    "SELECT capture, frame, index FROM enriched WHERE frobnicate(sender_network)": "no rule may call frobnicate()",
    "SELECT capture, frame, index FROM enriched WHERE now() > 1": "no rule may call now()",
    "SELECT capture, frame, index FROM enriched WHERE concat(imsi, 'a') = 'b'": "write a || b",
    "SELECT capture, frame, index FROM read_csv('/etc/passwd')": "no rule may call read_csv()",
    "SELECT capture, frame, index FROM 'secret.parquet'": "a rule reads no table",
    "SELECT capture, frame, index FROM messages": "a rule reads no table",
    "SELECT capture, frame FROM enriched": "the query does not return 'index'",
    "DROP TABLE enriched": "the query is not one SELECT",
    "SELECT capture, frame, index FROM enriched; DROP TABLE enriched": "the query is not one SELECT",
    "SELECT (((": "the query is no SQL",
    "SELECT " + "(" * 5000: "the query is no SQL",
    "x" * 30_000: "the query is too long",
}


@pytest.mark.parametrize("query", BAD_QUERIES, ids=lambda query: query[:60])
def test_a_query_that_cannot_run_is_one_line_with_its_place(query: str, tmp_path: Path) -> None:
    path = rule_file(tmp_path, query=query)
    loaded = detection.load_rules([tmp_path], shipped=False)
    assert loaded.rules == ()
    said = [str(fault) for fault in loaded.faults]
    assert any(BAD_QUERIES[query] in line for line in said), said
    assert all(line.startswith(f"{path}, line ") and "\n" not in line for line in said)


def test_heads_that_are_wrong_are_said_and_the_others_run(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    rule_file(folder, "ss7/good")
    rule_file(folder, "ss7/unknown_id", techniques=["FGT5012.08"])
    rule_file(folder, "ss7/unknown_severity", severity="GRAVE")
    rule_file(folder, "ss7/unknown_field", sevrity="HIGH")
    rule_file(folder, "ss7/unknown_placeholder", explanation="It was {sendr}.")
    (folder / "ss7" / "no_toml.toml").write_text("title = ", encoding="utf-8")
    (folder / "ss7" / "no_text.toml").write_bytes(b"\xff\xfe\x00")
    table = write_messages(tmp_path / "messages.parquet", [interrogation(world)])
    found = world.detect([table], detection.load_rules([folder], shipped=False))
    assert len(found.findings) == 1
    said = {Path(fault.path).stem: str(fault) for fault in found.faults}
    assert set(said) == {"unknown_id", "unknown_severity", "unknown_field", "unknown_placeholder", "no_toml", "no_text"}
    assert "did you mean FGT5012.008?" in said["unknown_id"]
    assert "line " in said["no_toml"]
    assert "did you mean severity?" in said["unknown_field"]


def test_a_rule_that_only_the_engine_refuses_is_left_out(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    rule_file(folder, "ss7/good")
    rule_file(
        folder, "ss7/mixed", query="SELECT capture, frame, index FROM enriched WHERE length(route_record) = upper(7)"
    )
    table = write_messages(tmp_path / "messages.parquet", [interrogation(world)])
    found = world.detect([table], detection.load_rules([folder], shipped=False))
    assert len(found.findings) == 1
    assert [Path(fault.path).stem for fault in found.faults] == ["mixed"]
    assert [rule.id for rule in found.rules] == ["ss7/good"]


def test_an_unknown_home_is_told_with_the_nearest(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    table = write_messages(tmp_path / "messages.parquet", [interrogation(world)])
    with pytest.raises(UsageError, match=f"did you mean {HOME}"):
        world.detect([table], detection.load_rules([tmp_path / "rules"], shipped=False), home=[HOME[:-1] + "X"])


def test_no_message_at_all_is_no_finding(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    found = world.detect(
        [write_messages(tmp_path / "messages.parquet", [])], detection.load_rules([tmp_path / "rules"], shipped=False)
    )
    assert (found.messages, found.findings) == (0, ())


def test_tables_that_are_none_are_refused_in_one_line(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules")
    rules = detection.load_rules([tmp_path / "rules"], shipped=False)
    noise = tmp_path / "noise.parquet"
    noise.write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(InputError, match="is no table of messages"):
        world.detect([noise], rules)
    foreign = tmp_path / "foreign.parquet"
    with duckdb.connect() as engine:
        engine.execute(f"copy (select 1 as capture) to '{foreign}' (format parquet)")
    with pytest.raises(InputError, match="has no column frame"):
        world.detect([foreign], rules)


def test_values_out_of_every_range_are_judged_all_the_same(world: World, tmp_path: Path) -> None:
    rule_file(tmp_path / "rules", query="SELECT capture, frame, index FROM enriched WHERE is_request")
    rows = [
        interrogation(world, observed_at=-(2**62), imsi="\x1b[31m" * 9, calling_global_title="F" * 40),
        interrogation(world, observed_at=2**62, imsi="", msisdn="9" * 40, called_global_title=""),
        interrogation(
            world, protocol="diameter", origin_host="a" * 300, route_record=["x y", "=1+1"] * 8, message_type=None
        ),
        interrogation(
            world, protocol="gtpv2", source_ip="::ffff:1.2.3.4", destination_ip="999.1", gsn_address="zz:::1"
        ),
        interrogation(world, operation="<script>alert(1)</script>\x07", operation_code=None),
    ]
    found = world.detect(
        [write_messages(tmp_path / "messages.parquet", rows)], detection.load_rules([tmp_path / "rules"], shipped=False)
    )
    assert found.messages == len(rows)
    assert sum(finding.messages for finding in found.findings) == len(rows)
    assert "\x1b" not in repr([str(value) for row in (*found.findings, *found.evidence) for value in row])
    assert all(text.isprintable() for finding in found.findings for text in finding.operations)


BAD_INDICATORS = {
    "noise": (b"\x00\xff\xfe", "is no text in UTF-8"),
    "broken.json": (b'{"type": "bundle", ', "line 1"),
    "deep.json": (b"[" * 100_000, "no JSON"),
    "columns.csv": (b"name,number\na,1\n", "line 1"),
}


@pytest.mark.parametrize("name", BAD_INDICATORS)
def test_a_file_that_holds_no_indicators_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    content, said = BAD_INDICATORS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        detection.read_indicators(tmp_path / name)


def test_an_indicator_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "kind,value\nglobal_title,99912345\nglobal_titel,99912345\nip_range,300.1.1.1/8\n", encoding="utf-8"
    )
    found, faults = detection.read_indicators(path)
    assert [each.value for each in found] == ["99912345"]
    assert [fault.line for fault in faults] == [3, 4]
    assert "did you mean global_title?" in str(faults[0])


def test_a_profile_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    for content in (
        "",
        "[]",
        '{"form": "ipxray profile 1", "rows": [["a"]]}',
        json.dumps({"form": "other", "rows": []}),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match="is no profile"):
            detection.read_profile(path)
