"""Keys and message texts die in the decoder: no output holds one, however it is written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import polars
import pytest

from ipxray import capture
from ipxray.cli import main

pytestmark = pytest.mark.usefixtures("decoder")


def outputs(path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, bytes]]:
    """Everything that a user can get of a capture, uncompressed too."""
    decoded = capture.read([path])
    for name in capture.TABLES:
        frame = polars.DataFrame(getattr(decoded, name))
        memory = io.BytesIO()
        frame.write_ipc(memory, compression="uncompressed")
        yield f"{name} in memory", memory.getvalue()
        yield f"{name} as text", repr(frame.rows()).encode()
    yield "account", repr(decoded.account).encode()
    yield "summary", repr(capture.summarise([path])).encode()
    for form in ("table", "json", "csv"):
        for arguments in (["summary", str(path)], ["decode", str(path), "--output", str(folder)]):
            assert main(["capture", *arguments, "--format", form]) == 0
            shown = capsys.readouterr()
            yield f"{arguments[0]} --format {form}", (shown.out + shown.err).encode()
    for written in folder.iterdir():
        yield written.name, written.read_bytes()


@pytest.mark.parametrize("damage", [0, 40])
def test_no_output_holds_a_key_or_a_text(
    tmp_path: Path, made: SimpleNamespace, capsys: pytest.CaptureFixture[str], damage: int
) -> None:
    """Of a whole capture, and of one whose frames break off inside the secrets."""
    whole = b"".join(made.frames())
    raw = [secret for secret in made.secrets if secret in whole]
    assert len(raw) >= 6, "the capture holds what is looked for"
    path = tmp_path / "night.pcap"
    path.write_bytes(made.pcap([frame[: len(frame) - damage] for frame in made.frames()]))
    for name, content in outputs(path, tmp_path / "out", capsys):
        for secret in made.secrets:
            for part in (secret, secret[: len(secret) // 2]):
                assert part not in content, f"{name} holds {part!r}"
