"""One run's material: documents, facts and the atlas built of them at a date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ipxray.cli.inputs import changed_parameters, read_corpus, read_facts, show_problems, split_worlds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ipxray.atlas import Atlas
    from ipxray.declarations import Corpus
    from ipxray.facts import Facts
    from ipxray.parameters import Parameters

__all__ = ["Case", "open_case", "watermark_of"]

_SHOWN = 8


class Case(NamedTuple):
    """What `assess` and `route` work on. `watermark` is the line that every output with fiction in it bears."""

    parameters: Parameters
    facts: Facts
    corpus: Corpus
    atlas: Atlas
    watermark: str | None


def open_case(inputs: Sequence[Path], facts_folders: Sequence[Path], at: date, changes: Sequence[str]) -> Case:
    """Read everything, say what was refused, and build the atlas as of `at`.

    Raises InputError when no usable declaration is left, UsageError for a parameter that does not exist.
    """
    from ipxray import atlas

    documents, folders = split_worlds(inputs, facts_folders)
    parameters = changed_parameters(changes)
    facts = read_facts(folders)
    corpus = read_corpus(documents, facts)
    show_problems(corpus.problems)
    built = atlas.build(corpus, facts, at=at, parameters=parameters)
    return Case(parameters, facts, corpus, built, watermark_of(corpus, facts))


def watermark_of(corpus: Corpus, facts: Facts) -> str | None:
    """The line that says what here does not exist: the world, its facts beside real networks, or some networks.

    A network without any PLMN id counts as what the facts are.
    """
    fictional = [network.tadig for network in corpus.networks if network.is_fictional]
    real = [network.tadig for network in corpus.networks if network.mcc_mnc and not network.is_fictional]
    if facts.fictional and real:
        return (
            f"PARTLY FICTIONAL: no carrier, owner or figure here exists; of {len(corpus.networks)} networks only "
            f"{_some(real)} may"
        )
    if facts.fictional:
        return "FICTIONAL WORLD: no operator, carrier, owner or figure here exists."
    if fictional:
        networks = "network" if len(fictional) == 1 else "networks"
        return f"PARTLY FICTIONAL: {len(fictional)} {networks} of MCC 001 or 999 do not exist: {_some(fictional)}"
    return None


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
