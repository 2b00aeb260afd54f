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

__all__ = ["Case", "open_case"]

_FICTIONAL = "FICTIONAL WORLD: no operator, carrier, owner or figure here exists."


class Case(NamedTuple):
    """What `assess` and `route` work on. `watermark` is the line that every output of a fictional world bears."""

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
    return Case(parameters, facts, corpus, built, _FICTIONAL if facts.fictional else None)
