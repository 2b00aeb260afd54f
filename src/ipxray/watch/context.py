"""What later files need of earlier ones: the last minutes whole, and of older messages the last of each kind.

Judging a file together with this gives what judging all files at once gives, for rules that look back at a subscriber's
history or at ten minutes of a sender. Counts over a day come out lower: each kind of message counts once a subscriber.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["write_context"]

_WHOLE_US = 15 * 60 * 1_000_000
_HISTORY_US = 30 * 86_400 * 1_000_000
"""A registration older than this says nothing of where a subscriber is."""

_MOST_ROWS = 4_000_000
"""The youngest are kept: some 400 MB as Parquet."""

_KEPT = """
with every as (select * from read_parquet(?, union_by_name = true)),
newest as (select max(observed_at) as latest from every),
ranked as (
  select every.*, newest.latest, row_number() over (
    partition by coalesce(imsi, msisdn), protocol, operation, message_type, component,
      coalesce(calling_global_title, origin_host, source_ip)
    order by observed_at desc, capture, frame desc, index desc
  ) as place
  from every, newest
)
select * exclude (latest, place) from ranked
where observed_at >= latest - {whole}
  or (place = 1 and coalesce(imsi, msisdn) is not null and observed_at >= latest - {history})
  or exists (select 1 from proof where proof.capture = ranked.capture and proof.frame = ranked.frame)
order by observed_at desc, capture, frame, index limit {most}
"""


def write_context(messages: Sequence[Path], proof: Sequence[tuple[str, int]], target: Path) -> None:
    """Write to `target` what of `messages` (Parquet) matters later; `proof`: capture and frame of open alerts."""
    import duckdb  # noqa: PLC0415 - heavy

    query = _KEPT.format(whole=_WHOLE_US, history=_HISTORY_US, most=_MOST_ROWS)
    partial = target.with_name(f".{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(target.parent / "spill")}) as engine:
        engine.execute("create table proof (capture varchar, frame bigint)")
        if proof:
            captures, frames = (list(column) for column in zip(*proof, strict=True))
            engine.execute("insert into proof select distinct unnest($1), unnest($2)", [captures, frames])
        sources = [str(path) for path in messages]
        engine.execute(f"copy ({query}) to ? (format parquet, compression zstd)", [sources, str(partial)])
    partial.replace(target)
