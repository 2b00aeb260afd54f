"""Claim: 1,000 IR.21 documents are read, validated and resolved in at most twice a bare lxml.parse of them."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from _measure import alternate, median_seconds, print_table
from ipxray import lab

DOCUMENTS = 1_000
ROUNDS = 5

BARE = """
for path in paths:
    lxml.etree.parse(path)
"""
BARE_PREPARE = """
import lxml.etree, pathlib
paths = sorted(str(path) for path in pathlib.Path(FOLDER).rglob("*.xml"))
"""
OURS = """
corpus = declarations.read([pathlib.Path(FOLDER)], country_codes=known.country_by_iso3)
problems = declarations.check(corpus, at=at)
resolved = atlas.build(corpus, known, at=at, parameters=Parameters.default())
questions = atlas.cross_check(corpus, known, at=at)
report.update(networks=len(corpus.networks), declarations=len(corpus.declarations), links=len(resolved.links),
              problems=len(corpus.problems) + len(problems) + len(questions))
"""
OURS_PREPARE = """
import datetime, gc, pathlib
from ipxray import atlas, declarations, facts
from ipxray.parameters import Parameters
at = datetime.date(2026, 1, 1)
known = facts.load([pathlib.Path(FACTS)])  # once a run, whatever the number of documents
gc.disable()  # as the command line does
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        world = Path(scratch) / "world"
        lab.write_world(
            world, operators=DOCUMENTS, countries=110, carriers=60, seed=7, zipped=0.0, document_kilobytes=200
        )
        files = sorted((world / "ir21").rglob("*.xml"))
        size = statistics.mean(path.stat().st_size for path in files)
        places = f"FOLDER = {str(world / 'ir21')!r}\nFACTS = {str(world / 'facts')!r}\n"
        runs = alternate({"bare": (BARE, places + BARE_PREPARE), "ours": (OURS, places + OURS_PREPARE)}, ROUNDS)
    ratios = sorted(ours.seconds / bare.seconds for ours, bare in zip(runs["ours"], runs["bare"], strict=True))
    rows = [
        ("bare lxml.etree.parse", f"{median_seconds(runs['bare']):.2f} s", f"{runs['bare'][0].peak_mib:.0f} MiB", "1"),
        (
            "ipxray: read, validate, resolve",
            f"{median_seconds(runs['ours']):.2f} s",
            f"{runs['ours'][0].peak_mib:.0f} MiB",
            f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})",
        ),
    ]
    print_table(
        f"{len(files)} documents of {size / 1000:.0f} kB on average", ("what", "median", "peak memory", "ratio"), rows
    )
    print(f"\n{runs['ours'][0].report}")


if __name__ == "__main__":
    main()
