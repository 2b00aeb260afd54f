"""What a user hands over: documents, folders, whole fictional worlds, facts folders, dates, parameter changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipxray.errors import InputError, UsageError

if TYPE_CHECKING:
    from ipxray.declarations import Corpus, Problem
    from ipxray.facts import Facts
    from ipxray.parameters import Parameters

__all__ = [
    "InputPath",
    "at_option",
    "changed_parameters",
    "facts_option",
    "inputs_argument",
    "parameter_option",
    "read_corpus",
    "read_facts",
    "rule_option",
    "show_problems",
    "split_worlds",
]

_SHOWN_PROBLEMS = 20
"""Lines of refused documents on the screen; the rest is a count: `ipxray ir21 check` lists them all."""


_ORDERED = (
    ("on_net_low", "on_net_point", "on_net_high"),
    ("direct_share_low", "direct_share_high"),
    ("primary_share_low", "primary_share_point"),
)


class InputPath(click.Path):
    """A path that is not empty: an unset shell variable must not mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse emptiness, and read the rest as click does."""
        if value == "":
            self.fail("an empty path names nothing; write . for the current folder", param, ctx)
        return super().convert(value, param, ctx)


class _Date(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2026-03-31", param, ctx)


at_option: Callable[[Any], Any] = click.option(
    "--at",
    type=_Date(),
    default=lambda: datetime.now(tz=UTC).date(),
    show_default="today",
    help="Date of assessment: ownership, names and pending sections are read as of this day.",
)
facts_option: Callable[[Any], Any] = click.option(
    "--facts",
    "facts_folders",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Folder with facts of your own, laid over the shipped ones. Repeatable.",
)
parameter_option: Callable[[Any], Any] = click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="Change one assumption for this run (names: docs/reference/parameters.md). Repeatable.",
)
rule_option: Callable[[Any], Any] = click.option(
    "--control-rule",
    type=click.Choice(["majority_50", "over_50", "blocking_25", "ten_percent", "seat", "wide"]),
    default="majority_50",
    show_default=True,
    help="What counts as control: at least 50, over 50, 25 or 10 percent through chains of owners, the seat, or any.",
)
inputs_argument: Callable[[Any], Any] = click.argument(
    "inputs", nargs=-1, required=True, type=InputPath(path_type=Path), metavar="INPUT..."
)


def changed_parameters(changes: Sequence[str]) -> Parameters:
    """The parameters of this run: the defaults with `name=value` changes applied."""
    from ipxray.parameters import Parameters

    values: dict[str, float] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        try:
            values[name.strip()] = float(text)
        except ValueError:
            equals = ""
        if not equals:
            raise UsageError(f"--set {change} is not understood", hint="write --set name=0.5")
    changed = Parameters.default().replace(**values)
    for names in _ORDERED:
        figures = [changed[name] for name in names]
        if figures != sorted(figures):
            said = ", ".join(f"{name} = {changed[name]:g}" for name in names)
            raise UsageError(f"these contradict each other: {said}", hint="they must rise in this order")
    return changed


def split_worlds(inputs: Sequence[Path], facts_folders: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Take a folder with `ir21/` and `facts/` side by side (a lab world) apart into its documents and its facts."""
    documents: list[Path] = []
    facts = list(facts_folders)
    for path in inputs:
        if (path / "ir21").is_dir() and (path / "facts").is_dir():
            documents.append(path / "ir21")
            if path / "facts" not in facts:
                facts.append(path / "facts")
        else:
            documents.append(path)
    return documents, facts


def read_facts(folders: Sequence[Path]) -> Facts:
    """The shipped facts with the user's folders laid over them."""
    from ipxray import facts

    for folder in folders:
        if not folder.is_dir():
            raise InputError(folder, "is no folder of facts", hint="name a folder that holds *.toml or *.csv")
        if not any(path.suffix in (".toml", ".csv") for path in folder.iterdir()):
            raise InputError(folder, "holds no facts", hint="name a folder that holds *.toml or *.csv")
    return facts.load(folders)


def read_corpus(inputs: Sequence[Path], facts: Facts) -> Corpus:
    """Read every document; raise InputError when not one network was left to work with."""
    from ipxray import declarations
    from ipxray.cli.screen import progress

    with progress("reading") as report:
        corpus = declarations.read(
            inputs, country_codes=facts.country_by_iso3, tadig_countries=facts.country_by_tadig, progress=report
        )
    if not corpus.networks:
        show_problems(corpus.problems)
        names = ", ".join(str(path) for path in inputs[:3])
        raise InputError(
            names,
            "no usable declaration found",
            hint="ipxray reads IR.21 XML, folders and zips of it, and declaration CSVs",
        )
    return corpus


def show_problems(problems: Sequence[Problem]) -> None:
    """Say on standard error which documents or parts were not used, one line each, and count what is merely odd."""
    from ipxray.cli.screen import note

    refused = [problem for problem in problems if problem.severity == "error"]
    for problem in refused[:_SHOWN_PROBLEMS]:
        place = f", {problem.element_path}" if problem.element_path else ""
        note(f"refused: {problem.path}{place}: {problem.message}: {problem.hint}")
    if len(refused) > _SHOWN_PROBLEMS:
        note(f"refused: {len(refused) - _SHOWN_PROBLEMS} more; `ipxray ir21 check` lists them all")
    odd = sum(problem.severity == "warning" for problem in problems)
    if odd:
        note(f"{odd} warning{'s' if odd > 1 else ''} about the documents; `ipxray ir21 check` lists them")
