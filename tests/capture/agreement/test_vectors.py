"""Agreement with the reference dissector on every whole PDU of the reference vectors."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.capture.agreement import compare, dissector, ours, pcap_writer, vectors

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("decoder")]


def test_every_value_agrees_or_differs_for_a_listed_reason(shared: Path, tmp_path: Path) -> None:
    agreement = compare.nothing()
    found = vectors.vectors(shared / "vectors")
    for name in sorted({vector.file for vector in found}):
        lines = [vector for vector in found if vector.file == name]
        path = tmp_path / f"{name}.pcap"
        pcap_writer.write(path, [vector.packet for vector in lines])
        before = len(agreement.differences)
        compare.compare(name, ours.read(path).messages, compare.theirs(dissector.frames(path)), agreement)
        # A difference is listed by the line of its PDU.
        agreement.differences[before:] = [
            item._replace(frame=lines[item.frame - 1].line) for item in agreement.differences[before:]
        ]
    assert compare.unexplained(agreement.differences) == []
    assert {"map", "cap", "tcap", "diameter", "gtpv0", "gtpv1", "gtpv2", "gtpu", "pfcp"} <= agreement.messages.keys()
    assert len(found) > 400
