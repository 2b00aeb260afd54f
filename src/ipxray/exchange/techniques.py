"""Techniques by identifier, with what STIX and MISP call their knowledge base. Ref: STIX 2.1 §4.1, MISP galaxies."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Technique", "technique"]


class Technique(NamedTuple):
    """One technique: its identifier, its title (the identifier again where no base has it), its base and its page."""

    technique_id: str
    name: str
    base: str
    url: str | None
    galaxy_uuid: str | None


_BASES = {"motif": "gsma-motif", "fight": "mitre-fight", "attack": "mitre-attack"}


def technique(technique_id: str) -> Technique:
    """The technique of an identifier; one that no shipped base holds is its own title, under the base `unknown`."""
    return _known().get(technique_id) or Technique(technique_id, technique_id, "unknown", None, None)


@cache
def _known() -> dict[str, Technique]:
    text = resources.files("ipxray.data").joinpath("techniques.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return {
        key: Technique(key, row["name"], base, _page(base, content["bases"][base]["url"], key), row.get("uuid"))
        for table, base in _BASES.items()
        for key, row in content[table].items()
    }


def _page(base: str, url: str, key: str) -> str:
    if base == "gsma-motif":
        return url
    if base == "mitre-attack":
        return url + key.replace(".", "/")
    return url + key
