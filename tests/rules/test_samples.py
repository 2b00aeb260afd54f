"""Every rule returns the rows of its firing samples, and nothing of the silent ones, through the real enrichment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.rules.samples import FOLDER, Sample, samples, separated

from ipxray import atlas, declarations, facts
from ipxray.capture import Message
from ipxray.detection import load_rules
from ipxray.parameters import Parameters
from ipxray.tables import Table

ALL = samples()


class Judge:
    """The samples of one setting, enriched together; each is judged alone."""

    def __init__(self, setting: str) -> None:
        from ipxray.detection.engine import DuckDb
        from ipxray.detection.enrichment import enrich
        from ipxray.detection.indicators import Indicator
        from ipxray.detection.reference import reference_tables
        from ipxray.detection.references import ProfileRow

        head = json.loads(setting)
        known = facts.load([FOLDER / "world/facts"])
        corpus = declarations.read([FOLDER / "world/ir21"], country_codes=known.country_by_iso3)
        built = atlas.build(corpus, known, at=date(2026, 11, 1), parameters=Parameters.default())
        indicators = [
            Indicator(f"sample-{n}", each["kind"], each["value"], "sample", "2026-01-01", 0.5, None, "")
            for n, each in enumerate(head.get("indicators", ()))
        ]
        profile = [ProfileRow(*row) for row in head["profile"]] if "profile" in head else None
        home = tuple(head.get("home", ()))
        self.engine = DuckDb(threads=1)
        rows = tuple(
            row for number, each in enumerate(ALL) if each.setting == setting for row in separated(each, number)
        )
        self.engine.load(Table("messages", Message, rows))
        references = reference_tables(corpus, known, built, indicators, home)
        enrich(self.engine, references, has_protected=bool(home), profile=profile)
        self.engine.create("together", "select * from enriched")
        self.engine.drop("enriched")

    def returned(self, sample: Sample, sql: str) -> frozenset[tuple[int, int]]:
        """Frame and index of the rows that a query returns for one sample."""
        self.engine.create("enriched", f"select * from together where capture = '{sample.capture}'")
        rows = self.engine.rows(f"select capture, frame, index from ({sql}) as judged")
        return frozenset((frame, index) for _, frame, index in rows)


@pytest.fixture(scope="module")
def judges() -> Iterator[dict[str, Judge]]:
    made = {setting: Judge(setting) for setting in sorted({sample.setting for sample in ALL})}
    yield made
    for judge in made.values():
        judge.engine.close()


@pytest.fixture(scope="module")
def queries() -> dict[str, str]:
    loaded = load_rules()
    assert not loaded.faults, [str(fault) for fault in loaded.faults]
    return {rule.id: rule.sql for rule in loaded.rules}


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.capture)
def test_a_rule_returns_what_its_sample_says(sample: Sample, judges: dict[str, Judge], queries: dict[str, str]) -> None:
    assert (sample.kind == "fires") == bool(sample.expected)
    assert judges[sample.setting].returned(sample, queries[sample.rule]) == sample.expected, sample.head.get("note")


def test_every_sample_is_in_its_place() -> None:
    assert all(sample.kind in ("fires", "silent") for sample in ALL)
    assert all(Path(sample.rule).name for sample in ALL)
