"""`ipxray assess`: from documents to a folder that describes itself and a screen that answers."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from tests.cli.conftest import Run

AT = "2026-11-01"
CONTRACT = {"declarations", "numbering", "links", "control", "exposure", "vendors", "unresolved"}


def test_the_folder_holds_every_table_of_the_contract(run: Run, world: Path, tmp_path: Path) -> None:
    done = run("assess", world, "--controlled-by", "XA", "--at", AT, "--output", tmp_path / "out", "--csv")
    assert done.code == 0, done.err
    tables = {path.stem for path in (tmp_path / "out" / "tables").glob("*.parquet")}
    assert tables >= CONTRACT
    assert {path.stem for path in (tmp_path / "out" / "tables").glob("*.csv")} == tables
    manifest = json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))
    assert set(manifest["tables"]) == tables
    for name in tables:
        rows = duckdb.sql(f"select count(*) from '{tmp_path}/out/tables/{name}.parquet'").fetchall()[0][0]
        assert rows == manifest["tables"][name]["rows"], name


def test_the_manifest_says_how_to_repeat_the_run(run: Run, world: Path, tmp_path: Path) -> None:
    run("assess", world, "--controlled-by", "XA", "--at", AT, "--set", "on_net_point=0.7", "--output", tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))
    assert (manifest["at"], manifest["headline"]["controlled_by"]) == (AT, "XA")
    assert {row["name"]: row["value"] for row in manifest["parameters"]}["on_net_point"] == 0.7
    assert all(len(document["sha256"]) == 64 for document in manifest["documents"])
    assert manifest["headline"]["operators"] == len({row["tadig"] for row in networks(tmp_path / "out")})


def networks(folder: Path) -> list[dict[str, str]]:
    return [{"tadig": row[0]} for row in duckdb.sql(f"select tadig from '{folder}/tables/touch.parquet'").fetchall()]


def test_same_input_and_parameters_give_the_same_bytes(run: Run, world: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("assess", world, "--controlled-by", "XA", "--at", AT, "--output", tmp_path / name, "--csv")
    first = {path.relative_to(tmp_path / "a"): path.read_bytes() for path in (tmp_path / "a").rglob("*.*")}
    second = {path.relative_to(tmp_path / "b"): path.read_bytes() for path in (tmp_path / "b").rglob("*.*")}
    assert first == second


def test_every_output_of_a_fictional_world_says_so(run: Run, world: Path, tmp_path: Path) -> None:
    done = run("assess", world, "--controlled-by", "XA", "--at", AT, "--output", tmp_path / "out", "--csv")
    assert done.out.startswith("FICTIONAL WORLD")
    assert json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))["fictional"] is True
    for path in (tmp_path / "out" / "tables").glob("*.parquet"):
        marks = dict(duckdb.execute("select key, value from parquet_kv_metadata(?)", [str(path)]).fetchall())
        assert marks[b"ipxray_watermark"].startswith(b"FICTIONAL WORLD"), path.name
    for path in (tmp_path / "out" / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            assert next(csv.reader(lines))[-1] == "watermark", path.name
    assert json.loads(run("assess", world, "--at", AT, "--format", "json").out)["fictional"] is True


REAL = "tadig,country,service,carrier,mcc_mnc\nDEUZ9,DE,sccp,Somebody,26299\n"


def test_a_network_that_may_exist_is_not_called_fictional_among_those_that_do_not(
    run: Run, world: Path, tmp_path: Path
) -> None:
    (tmp_path / "real.csv").write_text(REAL, encoding="utf-8")
    done = run("assess", world, tmp_path / "real.csv", "--at", AT, "--output", tmp_path / "out")
    assert done.out.startswith("PARTLY FICTIONAL: no carrier, owner or figure here exists; of ")
    assert "networks only DEUZ9 may\n" in done.out
    table = f"'{tmp_path}/out/tables/networks.parquet'"
    assert duckdb.sql(f"select tadig from {table} where not fictional").fetchall() == [("DEUZ9",)]


def test_fictional_documents_without_their_facts_say_so_too(run: Run, world: Path, tmp_path: Path) -> None:
    done = run("assess", world / "ir21", "--at", AT, "--output", tmp_path / "out")
    assert re.match(r"PARTLY FICTIONAL: \d+ networks of MCC 001 or 999 do not exist: ", done.out)
    assert json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))["fictional"] is True


def test_what_may_exist_alone_bears_no_watermark(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text(REAL, encoding="utf-8")
    done = run("assess", tmp_path / "real.csv", "--at", AT, "--format", "json")
    assert (json.loads(done.out)["fictional"], json.loads(done.out)["watermark"]) == (False, None)


def test_from_any_folder_the_same_words_give_the_same_bytes(
    run: Run, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b/c"):
        shutil.copytree(world, tmp_path / name / "world")
        monkeypatch.chdir(tmp_path / name)
        assert run("assess", "world", "--controlled-by", "XA", "--at", AT, "--output", "out", "--csv").code == 0
    first, second = (tmp_path / name / "out" for name in ("a", "b/c"))
    names = sorted(path.relative_to(first) for path in first.rglob("*.*"))
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []
    manifest = json.loads((first / "assessment.json").read_text(encoding="utf-8"))
    assert manifest["inputs"] == ["world"]
    assert all(document["path"].startswith("world/ir21/") for document in manifest["documents"])


def test_no_real_carrier_or_owner_appears_in_fiction(run: Run, world: Path, tmp_path: Path) -> None:
    from ipxray import facts

    run("assess", world, "--at", AT, "--output", tmp_path / "out", "--csv")
    written = "\n".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.[cj]s*"))
    real = {*facts.load().carriers, *(entity for entity in facts.load().entities if not entity.startswith("state-"))}
    assert not {name for name in real if f'"{name}"' in written or f",{name}," in written}


def test_the_levels_are_always_in_order(run: Run, world: Path, tmp_path: Path) -> None:
    run("assess", world, "--controlled-by", "XA", "--at", AT, "--output", tmp_path / "out", "--pairs")
    table = f"'{tmp_path}/out/tables/exposure.parquet'"
    wrong = duckdb.sql(
        f"select count(*) from {table} where not "
        "(0 <= forced and forced <= low and low <= expected and "
        "expected <= high and high <= possible and possible <= 1)"
    )
    assert wrong.fetchall() == [(0,)]
    kinds = {row[0] for row in duckdb.sql(f"select distinct subject_kind from {table}").fetchall()}
    assert kinds == {"operator", "country", "pair", "alliance"}


def test_without_a_controller_everyone_is_ranked(run: Run, world: Path, tmp_path: Path) -> None:
    done = run("assess", world, "--at", AT, "--output", tmp_path / "out")
    assert done.code == 0
    assert "Who could see most of whom" in done.out
    ranking = duckdb.sql(
        f"select controller, operators_touched from '{tmp_path}/out/tables/ranking.parquet'"
    ).fetchall()
    touched = [row[1] for row in ranking]
    assert touched == sorted(touched, reverse=True)
    assert len({row[0] for row in ranking}) > 3


def test_formats_carry_the_same_answer(run: Run, world: Path) -> None:
    call = ("assess", world, "--controlled-by", "XA", "--at", AT, "--format")
    found = json.loads(run(*call, "json").out)["headline"]
    assert f"Touched: {found['operators_touched']} of {found['operators']} operators" in run(*call, "table").out
    rows = list(csv.DictReader(run(*call, "csv").out.splitlines()))
    assert {row["controller"] for row in rows} == {"XA"}


def test_user_traffic_replaces_the_assumed_spread(run: Run, world: Path, tmp_path: Path) -> None:
    call = ("assess", world, "--controlled-by", "XA", "--at", AT, "--format", "json")
    subjects = json.loads(run(*call).out)["headline"]["most_exposed"]
    first, second = subjects[0]["tadig"], subjects[1]["tadig"]
    traffic = tmp_path / "traffic.csv"
    traffic.write_text(f"home,visited,roamer_days\n{first},{second},100\nNOONE,{first},50\n", encoding="utf-8")
    found = json.loads(run(*call, "--traffic", traffic).out)["headline"]
    assert [subject["tadig"] for subject in found["most_exposed"]] == [first]
    assert found["networks_of_the_traffic_file_unknown_here"] == ["NOONE"]
    assert found["traffic_share_unknown_here"] == pytest.approx(1 / 3)
    told = ".33 of the given roamer-days concern networks that were not read"
    assert told in run(*call[:-2], "--traffic", traffic).out
    assert told in run("assess", world, "--at", AT, "--traffic", traffic).out


def test_the_widest_doubt_names_the_operator_for_which_that_doubt_is_widest(
    run: Run, world: Path, tmp_path: Path
) -> None:
    done = run("assess", world, "--controlled-by", "XA", "--at", AT, "--output", tmp_path / "out")
    cause, subject = re.findall(r"widest doubt: (\w+) .* widest for (\w+)", done.out)[0]
    order = f"order by ignorance_{cause} desc limit 1"
    whole = "service = 'all' and direction = 'both' and perspective = 'outbound' and counterpart = 'all'"
    widest = duckdb.sql(
        f"select ignorance_{cause} from '{tmp_path}/out/tables/exposure.parquet' "
        f"where subject_kind = 'operator' and threat = 'read' and {whole} {order}"
    ).fetchall()
    own = duckdb.sql(
        f"select max(ignorance_{cause}) from '{tmp_path}/out/tables/exposure.parquet' "
        f"where subject = '{subject}' and threat = 'read' and {whole}"
    ).fetchall()
    assert own == widest


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--controlled-by", "nobody-at-all"), "is known"),
        (("--controlled-by", "XA", "--set", "on_net_pont=1"), "did you mean on_net_point"),
        (("--controlled-by", "XA", "--set", "on_net_point"), "write --set name=0.5"),
        (("--controlled-by", "XA", "--set", "on_net_point=7"), "0 to 1"),
        (("--controlled-by", "XA", "--at", "2026-02-30"), "is no date"),
        (("--controlled-by", "XA", "--control-rule", "40"), "--control-rule"),
        (("--facts", "/does/not/exist"), "is no folder"),
        (("",), "an empty path names nothing"),
        (("--set", "on_net_low=1", "--set", "on_net_high=0"), "these contradict each other"),
    ],
)
def test_a_wrong_word_is_one_line_and_two(run: Run, world: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("assess", world, *arguments)
    assert done.code in (2, 3)
    last = done.err.strip().splitlines()[-1]
    assert last.startswith("ipxray: ")
    assert words in last
    assert "Traceback" not in done.err


def test_an_output_folder_with_other_things_in_it_is_refused_before_any_work(
    run: Run, world: Path, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = run("assess", world, "--output", tmp_path)
    assert done.code == 2
    assert done.err.startswith("ipxray: ")
    assert "holds files that are no assessment" in done.err
    assert (tmp_path / "thesis.txt").exists()
