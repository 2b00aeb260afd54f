"""The documents of a world laid out as collections are: loose, a folder deeper, in archives, as a CSV."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from ipxray.lab.document import document_bytes, document_name
from ipxray.lab.folder import WorldFolder, archive_bytes
from ipxray.lab.listing import declaration_csv
from ipxray.lab.operators import OperatorDraft
from ipxray.lab.plan import OrganisationPlan
from ipxray.lab.truth import TrueNetwork, true_network

__all__ = ["write_corpus"]

_CSV_NAME = "declarations.csv"
# Documents in one archive: a mail attachment, not a backup.
_ARCHIVE_SIZE = 6
# One loose document in so many lies a folder deeper, as the exchange's download tool leaves it.
_DEEPER_EVERY = 5


def write_corpus(
    output: WorldFolder, draft: OperatorDraft, seed: int, zipped: float
) -> tuple[list[str], dict[str, TrueNetwork]]:
    """Write every document under `ir21/`; return where each lies, relative to it, and the truth about each network."""
    documents: list[str] = []
    networks: dict[str, TrueNetwork] = {}
    loose, packed = _shares(draft.published, seed, zipped)
    for place, organisation in enumerate(loose):
        name = document_name(organisation)
        _add(networks, organisation, f"{organisation.place.iso2}/{name}" if place % _DEEPER_EVERY == 1 else name)
        documents.append(_place_of(networks, organisation))
        output.write(f"ir21/{documents[-1]}", document_bytes(organisation, seed))
    for organisation in draft.older_documents:
        documents.append(f"older/{document_name(organisation)}")
        output.write(f"ir21/{documents[-1]}", document_bytes(organisation, seed))
    for number, start in enumerate(range(0, len(packed), _ARCHIVE_SIZE), start=1):
        documents += _pack(output, networks, packed[start : start + _ARCHIVE_SIZE], f"batch-{number:02d}.zip", seed)
    if draft.listed:
        output.write(f"ir21/{_CSV_NAME}", declaration_csv([*draft.listed, *draft.older_lines]))
        documents.append(_CSV_NAME)
        for organisation in draft.listed:
            _add(networks, organisation, _CSV_NAME, version="csv")
    return documents, networks


def _shares(
    published: Sequence[OrganisationPlan], seed: int, zipped: float
) -> tuple[list[OrganisationPlan], list[OrganisationPlan]]:
    random = Random(f"{seed}/archives")  # noqa: S311  a repeatable world, no secret
    packed = set(random.sample(range(len(published)), round(zipped * len(published))))
    return (
        [organisation for place, organisation in enumerate(published) if place not in packed],
        [organisation for place, organisation in enumerate(published) if place in packed],
    )


def _pack(
    output: WorldFolder,
    networks: dict[str, TrueNetwork],
    organisations: Sequence[OrganisationPlan],
    archive: str,
    seed: int,
) -> list[str]:
    """Pack some documents; every second one in a folder of its archive."""
    members: dict[str, bytes] = {}
    for place, organisation in enumerate(organisations):
        name = f"IR21/{document_name(organisation)}" if place % 2 else document_name(organisation)
        members[name] = document_bytes(organisation, seed)
        _add(networks, organisation, f"{archive}!{name}")
    output.write(f"ir21/{archive}", archive_bytes(members, list(members)))
    return [f"{archive}!{name}" for name in members]


def _add(networks: dict[str, TrueNetwork], organisation: OrganisationPlan, document: str, version: str = "") -> None:
    for network in organisation.networks:
        networks[network.tadig] = true_network(organisation, network, document, version=version or organisation.version)


def _place_of(networks: dict[str, TrueNetwork], organisation: OrganisationPlan) -> str:
    return networks[organisation.networks[0].tadig]["document"]
