"""The shipped facts, overlaid by the user's folders: load them, or say what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ipxray.errors import FactError, UsageError
from ipxray.facts.assembly import assemble, report_duplicates
from ipxray.facts.faults import Fault, FaultList
from ipxray.facts.holdings import report_holdings
from ipxray.facts.layer import Layer, backdrop, read_layer
from ipxray.facts.model import Facts
from ipxray.facts.plausibility import report_implausible
from ipxray.facts.references import report_references

__all__ = ["check", "judge", "load"]


def load(folders: Sequence[Path] = ()) -> Facts:
    """Read the shipped facts and lay each folder over them, in order.

    Of the shipped facts a fictional world keeps only the countries and their groups. Raises UsageError for a path that
    is no folder, and FactError with every fault of the first folder that has any.
    """
    layers: list[Layer] = []
    for folder, where in _stack(folders):
        faults = FaultList()
        _lay(layers, read_layer(folder, faults))
        facts = judge(layers, None, faults)
        if faults.failed:
            raise _fact_error(where, faults)
    return facts


def check(folders: Sequence[Path] = (), today: date | None = None) -> tuple[Fault, ...]:
    """Say everything that is wrong with the shipped facts and each folder laid over them: errors, warnings and notes.

    With `today`, a source retrieved later is an error. The files of the second folder on bear their folder's name.
    Raises UsageError for a path that is no folder.
    """
    layers: list[Layer] = []
    found: list[Fault] = []
    for folder, where in _stack(folders):
        faults = FaultList()
        _lay(layers, read_layer(folder, faults))
        judge(layers, today, faults)
        if faults.overflowed:
            faults.found.append(
                Fault("error", "", None, "", "", f"more than {len(faults.found):,} faults: the rest is not shown")
            )
        prefix = "" if len(layers) == 1 else f"{where}/"
        found.extend(fault._replace(file=f"{prefix}{fault.file}") for fault in faults.found)
    return tuple(found)


def _lay(layers: list[Layer], layer: Layer) -> None:
    """Add a layer; the first one, the shipped facts, is only a backdrop to fiction."""
    if layers and layer.fictional:
        layers[0] = backdrop(layers[0])
    layers.append(layer)


def _stack(folders: Sequence[Path]) -> list[tuple[Traversable, str]]:
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", hint="--facts takes a folder of .toml and .csv fact files")
    shipped: tuple[Traversable, str] = (files("ipxray").joinpath("data", "facts"), "the shipped facts")
    return [shipped, *((folder, str(folder)) for folder in folders)]


def judge(layers: Sequence[Layer], today: date | None, faults: FaultList) -> Facts:
    """Build the facts of all layers and report what is wrong with the last one, given those beneath."""
    layer = layers[-1]
    report_duplicates(layer, faults)
    _report_redefined_sources(layers, faults)
    facts = assemble(layers)
    report_references(layer, facts, faults)
    report_implausible(layer, facts, today, faults)
    below = [statement for under in layers[:-1] for statement, _ in under.entries["ownership"]]
    report_holdings(layer.entries["ownership"], below, faults)
    return facts


def _report_redefined_sources(layers: Sequence[Layer], faults: FaultList) -> None:
    below = {source.key: source for layer in layers[:-1] for source, _ in layer.sources}
    for source, place in layers[-1].sources:
        if below.get(source.key, source) != source:
            faults.add(place, "", "a folder beneath has another source of this key: choose a key of your own")


def _fact_error(where: str, faults: FaultList) -> FactError:
    lines = [str(fault) for fault in faults.errors]
    if faults.overflowed:
        lines.append("and more")
    return FactError(where, lines, hint="ipxray facts check lists every fault")
