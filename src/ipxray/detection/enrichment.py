"""From messages to `enriched`: the views run one after the other, each a table of the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

from ipxray.detection.engine import Engine, QueryFault
from ipxray.detection.enriched import ENRICHED
from ipxray.detection.references import CaptureNumber, ProfileRow, Run
from ipxray.errors import InputError
from ipxray.tables import Table

__all__ = ["STEPS", "enrich", "view_text"]

STEPS = (
    "addresses", "resolved", "located", "others", "numbers", "identified", "pairs", "dialogues", "events", "refusals",
    "stations", "history", "senders", "askers", "days", "path_carriers", "paths", "route_lists", "routes", "distances",
)  # fmt: skip
"""The views in the order in which they are made; `enriched` comes last."""


_VIEWS = frozenset({"identified", "refusals"})
"""Read a few times, and cheap: not kept."""
_LAST_READ_BY = {"events": ("dialogues",), "senders": ("pairs",), "routes": ("events", "located")}
"""Tables that nothing reads after a step: room for the next ones."""


def view_text(name: str) -> str:
    """The SQL of one view."""
    return files("ipxray.detection").joinpath("views", f"{name}.sql").read_text(encoding="utf-8")


def enrich(
    engine: Engine,
    references: Sequence[Table],
    *,
    has_protected: bool,
    profile: Sequence[ProfileRow] | None = None,
    columns: Sequence[str] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> None:
    """Make the table `enriched` out of `messages`. `columns` are those that somebody reads; all when not given.

    Raises InputError when `messages` is not what its contract says.
    """
    tables = [*references, *_run_tables(engine, has_protected=has_protected, profile=profile)]
    for table in tables:
        engine.load(table)
    names = list(columns) if columns is not None else [column.name for column in ENRICHED]
    try:
        for done, step in enumerate(STEPS):
            if progress:
                progress(done, len(STEPS) + 1, step)
            (engine.view if step in _VIEWS else engine.create)(step, view_text(step))
            for name in _LAST_READ_BY.get(step, ()):
                engine.drop(name)
        if progress:
            progress(len(STEPS), len(STEPS) + 1, "enriched")
        engine.view("enriched_view", view_text("enriched"))
        engine.create("enriched", f"select {', '.join(names)} from enriched_view")  # noqa: S608 - names of columns
    except QueryFault as fault:
        raise InputError("messages", f"cannot be enriched ({fault})", hint="decode the captures anew") from fault


def _run_tables(engine: Engine, *, has_protected: bool, profile: Sequence[ProfileRow] | None) -> list[Table]:
    try:
        captures = sorted(row[0] for row in engine.rows("select distinct capture from messages") if row[0] is not None)
        (start,) = engine.rows("select min(observed_at) from messages")[0]
    except QueryFault as fault:
        raise InputError("messages", f"is no table of messages ({fault})", hint="decode the captures anew") from fault
    run = Run(
        start_at=max(0, start or 0),
        has_protected=int(has_protected),
        has_profile=int(profile is not None),
        nothing=(),
    )
    return [
        Table("captures", CaptureNumber, tuple(CaptureNumber(name, n) for n, name in enumerate(captures))),
        Table("run", Run, (run,)),
        Table("profile", ProfileRow, tuple(profile or ())),
    ]
