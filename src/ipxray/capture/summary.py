"""What a capture holds and whether it can be trusted, counted while it is decoded: no row and no identity is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipxray.capture.counts import AnomalyKind, Flow, GapKind, HomeNetwork, Operation, Traffic
from ipxray.capture.decoding import Account, Progress, heard
from ipxray.capture.dictionary import shipped
from ipxray.capture.files import named_files
from ipxray.capture.native import faults_told, native
from ipxray.capture.trust import Doubt, doubts

__all__ = ["Summary", "summarise"]


@dataclass(frozen=True, slots=True)
class Summary:
    """One capture in counts, the most frequent first. Networks are MCC and MNC, of homes the first six digits."""

    account: Account
    flows: tuple[Flow, ...]
    operations: tuple[Operation, ...]
    gaps: tuple[GapKind, ...]
    anomalies: tuple[AnomalyKind, ...]
    homes: tuple[HomeNetwork, ...]
    visited: dict[str, int]
    realms: dict[str, int]
    exposes: dict[str, int]
    tunnels: Traffic
    subscribers: int
    subscribers_are_all: bool
    doubts: tuple[Doubt, ...]


def summarise(
    paths: Sequence[Path | str],
    *,
    ports: Mapping[str, Sequence[int]] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Count what files hold, as one capture. Raises as `read` does."""
    dictionary = shipped()
    files = named_files(paths)
    with faults_told():
        told = native().count(files, dictionary=dictionary, ports=dict(ports or {}), progress=heard(progress, files))
    return _summary(told)


def _summary(told: Mapping[str, Any]) -> Summary:
    account = Account.of(told)
    flows = tuple(sorted((Flow(*row) for row in told["flows"]), key=lambda flow: (-flow.messages, flow.protocol)))
    gaps = tuple(sorted((GapKind(*row, *place) for *row, place in told["gap_kinds"]), key=_by_count(2)))
    subscribers, is_at_least = told["subscribers"]
    return Summary(
        account=account,
        flows=flows,
        operations=_operations(told["operations"]),
        gaps=gaps,
        anomalies=tuple(sorted((AnomalyKind(*row, *place) for *row, place in told["anomalies"]), key=_by_count(2))),
        homes=tuple(sorted((HomeNetwork(*row) for row in told["homes"]), key=_by_count(1))),
        visited=dict(sorted(told["visited"], key=_by_count(1))),
        realms=dict(sorted(told["realms"], key=_by_count(1))),
        exposes={name: count for name, count in told["exposes"] if count},
        tunnels=Traffic(*told["tunnels"]),
        subscribers=subscribers,
        subscribers_are_all=not is_at_least,
        doubts=doubts(account, flows, gaps),
    )


def _operations(rows: Sequence[tuple[str, str | None, int | None, int]]) -> tuple[Operation, ...]:
    """The decoder counts a name apart for each place that gives it."""
    totals: Counter[tuple[str, str | None, int | None]] = Counter()
    for protocol, operation, code, messages in rows:
        totals[protocol, operation, code] += messages
    return tuple(sorted((Operation(*kind, messages) for kind, messages in totals.items()), key=_by_count(3)))


def _by_count(position: int) -> Any:
    """The largest count first, then by everything else, absent values first."""
    return lambda row: (-row[position], tuple(("" if value is None else str(value)) for value in row))
