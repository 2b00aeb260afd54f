"""How `ipxray capture summary` shows its counts: to people, to programs, to spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from ipxray.cli.listing import print_table
from ipxray.tables import Table

if TYPE_CHECKING:
    from ipxray.capture import Account, NetworkSeen, Summary, SummaryLine

__all__ = ["as_json", "lines", "show"]


def show(summary: Summary, networks: Sequence[NetworkSeen], top: int) -> None:
    """Print one screen: what was captured, what is in it, and whether it can be trusted."""
    from ipxray import capture

    click.echo("\n".join(_head(summary)))
    sections: tuple[tuple[str, type[Any], Sequence[Any]], ...] = (
        ("protocols", capture.Flow, summary.flows),
        ("operations", capture.Operation, summary.operations),
        ("networks", capture.NetworkSeen, networks),
        ("gaps", capture.GapKind, summary.gaps),
        ("anomalies", capture.AnomalyKind, summary.anomalies),
    )
    for title, row_type, rows in sections:
        if rows:
            click.echo(f"\n{title}" + (f" (first {top} of {len(rows)})" if len(rows) > top else ""))
            print_table(Table(title, row_type, rows[:top]), "table")
    click.echo()
    if summary.doubts:
        click.echo("Trust it with care:")
        click.echo("\n".join(f"  {doubt.text}" for doubt in summary.doubts))
    else:
        click.echo("Nothing speaks against this capture: no loss, nothing cut, both directions, no clock step.")


def as_json(summary: Summary, networks: Sequence[NetworkSeen]) -> dict[str, Any]:
    """Every count, for programs."""
    account = summary.account
    tables: dict[str, Sequence[Any]] = {
        "protocols": summary.flows,
        "operations": summary.operations,
        "networks": networks,
        "gaps": summary.gaps,
        "anomalies": summary.anomalies,
        "doubts": summary.doubts,
    }
    return {
        **{name: getattr(account, name) for name in account.__slots__ if name not in ("refused", "gaps")},
        "gap_count": account.gaps,
        "refused": [str(error) for error in account.refused],
        "subscribers": summary.subscribers,
        "subscribers_are_all": summary.subscribers_are_all,
        "exposes": summary.exposes,
        "tunnels": summary.tunnels._asdict(),
        "trusted": not summary.doubts,
        **{name: [row._asdict() for row in rows] for name, rows in tables.items()},
    }


def lines(summary: Summary, networks: Sequence[NetworkSeen]) -> list[SummaryLine]:
    """Every count in one table, for spreadsheets."""
    from ipxray.capture import SummaryLine

    return [SummaryLine(*line) for line in _lines(summary, networks)]


def _lines(summary: Summary, networks: Sequence[NetworkSeen]) -> Iterator[tuple[Any, ...]]:
    account = summary.account
    figures = (
        "frames",
        "bytes",
        "cut_frames",
        "other_frames",
        "clock_steps",
        "messages",
        "gaps",
        "first_at",
        "last_at",
    )
    yield from (("capture", name, None, getattr(account, name), None, None) for name in figures)
    at_least = None if summary.subscribers_are_all else "at least"
    yield "capture", "subscribers", at_least, summary.subscribers, None, None
    for flow in summary.flows:
        yield from (("protocol", flow.protocol, name, figure, None, None) for name, figure in _figures(flow, 1))
    for row in summary.operations:
        yield "operation", row.operation or str(row.code), row.protocol, row.messages, None, None
    for network in networks:
        yield from (("network", network.plmn, name, figure, None, None) for name, figure in _figures(network, 2))
    yield from (("exposes", name, None, count, None, None) for name, count in summary.exposes.items())
    yield from (("tunnels", name, None, count, None, None) for name, count in _figures(summary.tunnels, 0))
    yield from (("gap", row.protocol, row.reason, row.gaps, row.capture, row.frame) for row in summary.gaps)
    yield from (("anomaly", *row) for row in summary.anomalies)
    yield from (("doubt", row.kind, row.text, None, None, None) for row in summary.doubts)


def _figures(row: Any, first: int) -> Iterator[tuple[str, int]]:
    """The named counts of a row, from its field number `first` on."""
    return zip(row._fields[first:], row[first:], strict=True)


def _head(summary: Summary) -> Iterator[str]:
    account = summary.account
    span = _span(account)
    yield f"{_count(account.frames, 'frame')}, {_count(account.bytes, 'byte')} on the wire{span}"
    yield " · ".join(
        (
            _count(account.messages, "message"),
            _count(account.gaps, "gap"),
            f"{_count(account.other_frames, 'frame')} of other protocols",
        )
    )
    tunnels = summary.tunnels
    if tunnels.tunnels:
        nested = f", {tunnels.nested:,} with GTP inside" if tunnels.nested else ""
        size = f"{_count(tunnels.packets, 'packet')}, {_count(tunnels.bytes, 'byte')}"
        yield f"user traffic: {size} in {_count(tunnels.tunnels, 'tunnel')}{nested}"
    if summary.subscribers:
        at_least = "" if summary.subscribers_are_all else "at least "
        yield f"{at_least}{_count(summary.subscribers, 'subscriber')} named by IMSI"
    if summary.exposes:
        yield "gives away: " + " · ".join(f"{name} {count:,}" for name, count in summary.exposes.items())


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _span(account: Account) -> str:
    if account.first_at is None or account.last_at is None:
        return ""
    length = timedelta(microseconds=account.last_at - account.first_at)
    return f", {_moment(account.first_at)} to {_moment(account.last_at)} UTC ({str(length).split('.', maxsplit=1)[0]})"


def _moment(microseconds: int) -> str:
    """The time as people write it; a clock that no calendar knows is shown as its number."""
    try:
        return datetime.fromtimestamp(microseconds // 1_000_000, tz=UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return f"{microseconds} µs"
