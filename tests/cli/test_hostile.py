"""Everything read is hostile: one clear line with file, place and what to do; the other documents still count."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Run

MEMORY = 700 << 20
"""Bytes of address space a refused document may cost: the interpreter, the libraries and one bounded document."""

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
ROOT = b'<x:TADIGRAEXIR21 xmlns:x="https://infocentre.gsm.org/TADIG-RAEX-IR21">'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def a_good_document(world: Path) -> bytes:
    return next(path for path in sorted((world / "ir21").glob("*.xml")) if path.stat().st_size > 10_000).read_bytes()


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "empty.xml": lambda _: b"",
    "truncated.xml": lambda good: good[: len(good) // 2],
    "not-xml.xml": lambda _: b"Dear partner, please find attached our IR.21.",
    "wrong-root.xml": lambda _: HEAD + b"<html><body>hello</body></html>",
    "doctype.xml": lambda _: HEAD + b"<!DOCTYPE x []>" + ROOT + b"</x:TADIGRAEXIR21>",
    "entity-bomb.xml": lambda _: HEAD + BOMB + b"]>" + ROOT + b"&j;</x:TADIGRAEXIR21>",
    "external-entity.xml": lambda _: (
        HEAD + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + ROOT + b"&e;</x:TADIGRAEXIR21>"
    ),
    "doctype-utf16.xml": lambda _: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []><x/>'.encode("utf-16"),
    "deep.xml": lambda _: HEAD + ROOT + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</x:TADIGRAEXIR21>",
    "bomb.zip": lambda _: zipped(**{"inner.xml": b" " * (512 << 20)}),
    "parent.zip": lambda good: zipped(**{"..__..__evil.xml": good}),
    "absolute.zip": lambda good: zipped(**{"__etc__evil.xml": good}),
    "not-a.zip": lambda _: b"PK\x03\x04 but then nothing",
    "latin1.xml": lambda _: HEAD + ROOT + "<Name>Télécom</Name></x:TADIGRAEXIR21>".encode("latin-1"),
    "unknown-encoding.xml": lambda _: b'<?xml version="1.0" encoding="x-martian"?>' + ROOT + b"</x:TADIGRAEXIR21>",
    "nul.xml": lambda _: HEAD + b"\0" * 4096,
    "wrong-header.csv": lambda _: b"alpha,beta\n1,2\n",
    "binary.csv": lambda _: bytes(range(256)) * 64,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_one_line_and_the_others_still_count(run: Run, world: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    good = a_good_document(world)
    (folder / "good.xml").write_bytes(good)
    (folder / name).write_bytes(HOSTILE[name](good))
    done = run("assess", folder, "--facts", world / "facts", "--controlled-by", "XA")
    assert done.code == 0, done.err
    refused = [line for line in done.err.splitlines() if line.startswith("refused: ")]
    assert len(refused) == 1, done.err
    assert name in refused[0]
    assert refused[0].count(": ") >= 3
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", HOSTILE)
def test_alone_it_leaves_nothing_usable_and_memory_bounded(world: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name](a_good_document(world)))
    done = in_bounds("assess", path, "--controlled-by", "CN")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("ipxray: ")
    assert name in done.stderr


def test_a_gigabyte_of_blanks_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "blanks.xml"
    with path.open("wb") as out:
        for _ in range(1024):
            out.write(b" " * (1 << 20))
    done = in_bounds("assess", path, "--controlled-by", "CN")
    path.unlink()
    assert done.returncode == 3
    assert "blanks.xml" in done.stderr


def in_bounds(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own that may not take more than MEMORY, nor a minute."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from ipxray.cli import main; sys.exit(main())", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )


def test_two_documents_of_one_network_count_once_and_the_newer_wins(run: Run, world: Path, tmp_path: Path) -> None:
    good = a_good_document(world)
    created = good.split(b"FileCreationTimestamp>")[1][:10]
    (tmp_path / "new.xml").write_bytes(good)
    (tmp_path / "old.xml").write_bytes(good.replace(created, b"2001-01-01", 1))
    shown = run("ir21", "show", tmp_path, "--format", "json").out
    assert b"2001-01-01" not in shown.encode()
    assert created.decode() in shown
    assert "old.xml" in run("ir21", "check", tmp_path, "--notes").out.replace("\n", "")


def test_folders_with_loops_pipes_and_unreadable_files_are_passed_over(run: Run, world: Path, tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(a_good_document(world))
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.xml")
    done = run("assess", tmp_path, "--facts", world / "facts", "--controlled-by", "XA")
    assert done.code == 0
    assert "Traceback" not in done.err


def test_a_name_with_terminal_escapes_never_reaches_the_terminal(run: Run, world: Path, tmp_path: Path) -> None:
    good = a_good_document(world)
    organisation = good.split(b"<OrganisationName>")[1].split(b"<")[0]
    (tmp_path / "evil.xml").write_bytes(good.replace(organisation, "Evil\u009b31m\u202eName".encode(), 1))
    done = run("ir21", "show", tmp_path)
    assert "\u009b" not in done.out
    assert "\u202e" not in done.out


def test_no_contact_and_no_credential_reaches_any_output(run: Run, world: Path, tmp_path: Path) -> None:
    run("assess", world, "--controlled-by", "XA", "--output", tmp_path / "out", "--csv", "--pairs")
    shown = run("ir21", "show", world, "--format", "json").out + run("ir21", "check", world, "--notes").out
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.suffix != ".parquet")
    for secret in ("DECOY", "@example.invalid"):
        assert secret not in shown
        assert secret.encode() not in written
