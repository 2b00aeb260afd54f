"""`ipxray serve`: one address on the loopback, one clear line for what cannot be served, a clean end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ipxray.cli import main


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a process of its own, and the address that it printed."""
    command = [sys.executable, "-c", "import sys; from ipxray.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "serve", str(folder), "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_on_the_loopback_until_it_is_interrupted(served: Path, end: signal.Signals) -> None:
    with serving(served) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", address)
        with httpx.Client() as browser:
            assert browser.get(address).status_code == 200
            assert browser.get(address.partition("?")[0]).status_code == 200
        assert httpx.get(address.partition("?")[0]).status_code == 401
        with pytest.raises(httpx.HTTPError):
            httpx.get(address.replace("127.0.0.1", "127.0.0.2"))
        process.send_signal(end)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == (0 if end is signal.SIGINT else -signal.SIGTERM)
    assert "Traceback" not in errors
    assert errors.splitlines()[0].startswith("serving 3 assessments")


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main(["serve", *map(str, arguments)])
    (line,) = capsys.readouterr().err.splitlines()
    return code, line


def test_a_folder_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, tmp_path / "nowhere")[0] == 3
    (tmp_path / "file").write_text("")
    assert refused(capsys, tmp_path / "file")[0] == 3
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("")
    code, line = refused(capsys, tmp_path / "other")
    assert code == 3
    assert "holds no assessment" in line


def test_a_port_that_is_taken_is_said(served: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, line = refused(capsys, served, "--port", other.getsockname()[1])
    assert code == 2
    assert "is taken" in line
    assert "--port" in line
