"""Claim: every rule over ten million messages, enriched, in bounded memory; beside plain DuckDB doing three window functions.

`python benches/detect.py 50000000` says how it grows.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from _measure import print_table, run
from _messages import write
from ipxray import declarations, facts

WORLD = Path(__file__).resolve().parents[1] / "examples" / "world"
MESSAGES = 10_000_000

OURS = """
from datetime import date
from ipxray import atlas, declarations, detection, facts
from ipxray.identity import PseudonymKey
from ipxray.parameters import Parameters
world = Path({world!r})
known = facts.load([world / "facts"])
corpus = declarations.read([world / "ir21"], country_codes=known.country_by_iso3)
built = atlas.build(corpus, known, at=date(2026, 11, 1), parameters=Parameters.default())
engine = detection.DuckDb(Path({folder!r}))
found = detection.detect(engine, [Path({table!r})], corpus=corpus, facts=known, atlas=built,
                         rules=detection.load_rules(), key=PseudonymKey(b"a key for the bench"))
report["messages"] = found.messages
engine.close()
"""
PEER = """
import duckdb
with duckdb.connect(config={{"memory_limit": "1500MB", "temp_directory": {folder!r}}}) as engine:
    report["messages"] = engine.execute('''
        select count(*), count(*) filter (where serving_node <> previous and observed_at - earlier < 3600000000), max(n) from (
          select *, lag(serving_node) over w as previous, lag(observed_at) over w as earlier, row_number() over w as n
          from read_parquet('{table}') window w as (partition by imsi order by observed_at))''').fetchone()[0]
"""


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    corpus = declarations.read([WORLD / "ir21"], country_codes=facts.load([WORLD / "facts"]).country_by_iso3)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "messages.parquet"
        write(table, messages, corpus)
        words = {"world": str(WORLD), "folder": folder, "table": str(table)}
        pieces = {"ipxray detect, every rule": OURS, "plain DuckDB, three window functions": PEER}
        rows = []
        for name, work in pieces.items():
            found = run(work.format(**words), "from pathlib import Path")
            pace = messages / found.seconds
            rows.append((name, f"{found.seconds:.1f} s", f"{pace:,.0f}", f"{found.peak_mib:.0f} MiB"))
    print_table(f"{messages:,} messages judged", ("", "time", "messages/s", "peak memory"), rows)


if __name__ == "__main__":
    main()
