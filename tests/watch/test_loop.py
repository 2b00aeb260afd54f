"""A watch raises each finding once, and stays alive whatever happens to disks and folders."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.watch.conftest import every_third, pcap, rotate

from ipxray.errors import IpxrayError
from ipxray.watch import Settings, Watch

pytest.importorskip("ipxray_signalling", reason="the capture core is not built: no Rust toolchain")


def watch(ring: Path, output: Path, said: list[str] | None = None) -> Watch:
    heard = said if said is not None else []
    return Watch(Settings(ring, output, interval=0.0, settle=0.0), every_third, None, heard.append)


def alerts(output: Path) -> list[str]:
    path = output / "alerts.jsonl"
    return [json.loads(line)["finding_id"] for line in path.read_text().splitlines()] if path.exists() else []


def expected(numbers: range) -> list[str]:
    return [f"F{number:016x}" for number in numbers if number % 3 == 0]


def test_each_finding_of_each_file_is_raised_once_in_order(ring: Path, tmp_path: Path) -> None:
    for position in range(4):
        rotate(ring, position, pcap(range(position * 10, position * 10 + 10)))
    output = tmp_path / "out"
    watch(ring, output).run(rounds=3)
    assert alerts(output) == expected(range(40))


def test_a_second_watch_goes_on_where_the_first_stopped(ring: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    rotate(ring, 0, pcap(range(10)))
    watch(ring, output).run(rounds=2)
    rotate(ring, 1, pcap(range(10, 20)))
    again = watch(ring, output)
    again.run(rounds=2)
    assert alerts(output) == expected(range(20))


def test_messages_are_kept_by_day_and_old_days_go(ring: Path, tmp_path: Path) -> None:
    rotate(ring, 0, pcap([1]))
    rotate(ring, 1, pcap([3 * 86_400]))
    settings = Settings(ring, tmp_path / "out", interval=0.0, settle=0.0, retention_days=2)
    Watch(settings, every_third, None, lambda _line: None).run(rounds=2)
    days = sorted(path.name for path in (tmp_path / "out" / "store" / "messages").iterdir())
    assert days == ["day=2026-01-04"]


def test_what_is_no_capture_is_passed_over_with_one_line(ring: Path, tmp_path: Path) -> None:
    rotate(ring, 0, b"this is a text that calls itself a capture")
    rotate(ring, 1, pcap([3]))
    said: list[str] = []
    watch(ring, tmp_path / "out", said).run(rounds=2)
    assert alerts(tmp_path / "out") == expected(range(3, 4))
    assert sum("passed over" in line for line in said) == 1


def test_a_half_written_file_gives_what_is_in_it(ring: Path, tmp_path: Path) -> None:
    rotate(ring, 0, pcap(range(10))[:-7])
    watch(ring, tmp_path / "out").run(rounds=2)
    assert alerts(tmp_path / "out") == expected(range(9))


def test_a_vanished_folder_is_trouble_told_once_and_no_end(ring: Path, tmp_path: Path) -> None:
    said: list[str] = []
    one = watch(ring, tmp_path / "out", said)
    shutil.rmtree(ring)
    for _ in range(3):
        one.round()
    assert sum("trouble" in line for line in said) == 1
    ring.mkdir()
    rotate(ring, 0, pcap([3]))
    one.run(rounds=2)
    assert alerts(tmp_path / "out") == expected(range(3, 4))
    assert one.figures  # still there to be asked


def test_a_full_disk_loses_nothing(ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipxray.watch import store

    rotate(ring, 0, pcap(range(10)))
    one = watch(ring, tmp_path / "out")
    whole = store.Store.add

    def full(*_args: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.Store, "add", full)
    one.round()
    assert alerts(tmp_path / "out") == []
    monkeypatch.setattr(store.Store, "add", whole)
    one.run(rounds=1)
    assert alerts(tmp_path / "out") == expected(range(10))


def test_a_judge_that_fails_is_trouble_and_the_files_are_judged_again(ring: Path, tmp_path: Path) -> None:
    rotate(ring, 0, pcap([3]))
    answers = [IpxrayError("a rule file went away"), None]

    def judge(messages: Sequence[Path], context: Path | None, keep: Path) -> Sequence[Mapping[str, Any]]:
        failure = answers.pop(0)
        if failure:
            raise failure
        return every_third(messages, context, keep)

    said: list[str] = []
    Watch(Settings(ring, tmp_path / "out", interval=0.0, settle=0.0), judge, None, said.append).run(rounds=2)
    assert alerts(tmp_path / "out") == expected(range(3, 4))
    assert any("a rule file went away" in line for line in said)


PROGRAM = """
import sys
from pathlib import Path
from tests.watch.conftest import every_third
from ipxray.watch import Settings, Watch
Watch(Settings(Path(sys.argv[1]), Path(sys.argv[2]), interval=0.01, settle=0.05), every_third, None, print).run()
"""


@pytest.mark.parametrize("seed", range(int(os.environ.get("IPXRAY_SOAK", "1"))))
def test_kills_at_any_moment_lose_and_repeat_nothing(ring: Path, tmp_path: Path, seed: int) -> None:
    kills, output = 6, tmp_path / "out"
    for position in range(30):
        rotate(ring, position, pcap(range(position * 10, position * 10 + 10)))
    command = [sys.executable, "-c", PROGRAM, str(ring), str(output)]
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}"}
    for number in range(kills):
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.5 + ((seed * 7 + number * 3) % 10) * 0.06)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    watch(ring, output).run(rounds=3)
    assert alerts(output) == expected(range(300))
