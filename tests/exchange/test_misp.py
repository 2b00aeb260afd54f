"""MISP: pymisp reads the event, its own templates accept every object, and it comes back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pymisp import MISPEvent, MISPObject
from tests.exchange.conftest import FAINT, finding, write

from ipxray import exchange
from ipxray.errors import UsageError
from ipxray.exchange.misp_objects import attack_objects
from ipxray.exchange.techniques import technique


def event(folder: Path) -> MISPEvent:
    read = MISPEvent()
    read.load(exchange.export_text(folder, "misp"))
    return read


def test_each_finding_becomes_the_object_of_its_protocol(folder: Path) -> None:
    assert [found.name for found in event(folder).objects] == ["ss7-attack", "diameter-attack", "gtp-attack"]


@pytest.mark.filterwarnings("ignore")
def test_the_templates_of_pymisp_accept_every_attribute(folder: Path) -> None:
    for found in event(folder).objects:
        template = MISPObject(found.name, strict=True)
        for attribute in found.attributes:
            made = template.add_attribute(attribute.object_relation, value=attribute.value)
            assert made is not None
            assert (made.type, made.category) == (attribute.type, attribute.category), attribute.object_relation
        assert template.template_uuid == found.template_uuid
        assert int(template.template_version) >= int(found.template_version)


def test_what_the_template_lists_is_written_as_it_lists_it(folder: Path) -> None:
    (found,) = (entry for entry in event(folder).objects if entry.name == "ss7-attack")
    values = {attribute.object_relation: attribute.value for attribute in found.attributes}
    assert values["MapOpCode"] == "anyTimeInterrogation - 71"
    assert values["MapApplicationContext"].startswith("4.0.0.1.0.29.")
    assert values["MapVersion"] == "3"
    assert values["Category"] == "Cat1"
    assert [a.value for a in found.attributes if a.object_relation == "MapImsi"] == [
        "bcdfghjkmnpqrstvbcdf",
        "tvbcdfghjkmnpqrsbcdf",
    ]


def test_an_event_read_and_written_again_says_the_same(folder: Path) -> None:
    once = event(folder)
    again = MISPEvent()
    again.load(once.to_json())
    assert json.loads(once.to_json())["Object"] == json.loads(again.to_json())["Object"]


def test_tags_name_the_galaxy_the_taxonomy_and_the_marking(folder: Path) -> None:
    tags = {tag.name for tag in event(folder).tags}
    assert {
        "tlp:amber",
        'misp-galaxy:gsma-motif="Core Network Function Signalling"',
        "gsma-attack-category:information-gathering",
    } <= tags


def test_the_same_folder_gives_the_same_event(folder: Path) -> None:
    assert exchange.export_text(folder, "misp") == exchange.export_text(folder, "misp")


def test_a_finding_without_evidence_gives_no_object(folder: Path) -> None:
    assert not list(attack_objects(finding(1)._asdict(), []))


def test_nothing_found_is_an_event_without_objects(tmp_path: Path) -> None:
    read = event(write(tmp_path / "quiet", (FAINT,), ()))
    assert not read.objects


def test_a_folder_without_findings_says_so(tmp_path: Path) -> None:
    from ipxray import report

    report.write_folder(tmp_path / "plain", [], {"ipxray": "0"})
    with pytest.raises(UsageError, match="has no findings"):
        exchange.export_text(tmp_path / "plain", "misp")


def test_galaxy_titles_are_those_of_the_shared_galaxy(shared: Path) -> None:
    galaxy = json.loads((shared / "sources" / "misp-galaxy-gsma-motif.json").read_text())
    for value in galaxy["values"]:
        known = technique(value["meta"]["external_id"])
        assert (known.name, known.galaxy_uuid) == (value["value"], value["uuid"])
