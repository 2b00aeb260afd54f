"""The owners of the carriers: every case of the list, on both sides of the truth's date, adding up to at most all."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest

from ipxray.lab.carriers import draw_carriers
from ipxray.lab.ownership import CASES, OwnershipDraft, draw_ownership
from ipxray.lab.plan import AT, Stake
from ipxray.lab.words import invented_words


@pytest.fixture(scope="module")
def draft() -> OwnershipDraft:
    random = Random(1)
    words = invented_words(random)
    return draw_ownership(draw_carriers(len(CASES) * 2, random, words), random, words)


def in_force(stake: Stake) -> bool:
    return (stake.start is None or stake.start <= AT) and (stake.end is None or stake.end > AT)


def test_stakes_begin_and_end_on_both_sides_of_the_truth(draft: OwnershipDraft) -> None:
    assert any(stake.end is not None and stake.end <= AT for stake in draft.stakes)
    assert any(stake.end is not None and stake.end > AT for stake in draft.stakes)
    assert any(stake.start is not None and stake.start > AT for stake in draft.stakes)


def test_shares_in_force_add_up_to_no_more_than_all(draft: OwnershipDraft) -> None:
    held: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for stake in filter(in_force, draft.stakes):
        held[stake.subject][stake.holder].append(stake.least or 0)
    assert all(sum(map(max, holders.values())) <= 10_000 for holders in held.values())


def test_every_kind_of_statement_is_made(draft: OwnershipDraft) -> None:
    stakes = draft.stakes
    assert any(stake.least is None for stake in stakes)
    assert any((stake.least, stake.most) == (0, 10_000) for stake in stakes)
    assert any(stake.above_least for stake in stakes)
    assert any(stake.below_most for stake in stakes)
    assert any(stake.least == stake.most == 2_500 for stake in stakes)
    kinds = {holder.type for holder in draft.holders}
    assert kinds == {"stateBody", "registeredEntity", "person", "anonymousEntity"}


def test_two_companies_hold_each_other(draft: OwnershipDraft) -> None:
    pairs = {(stake.holder, stake.subject) for stake in draft.stakes}
    assert any((subject, holder) in pairs for holder, subject in pairs)


def test_a_pair_may_have_two_statements_in_force_that_differ(draft: OwnershipDraft) -> None:
    shares: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for stake in filter(in_force, draft.stakes):
        shares[stake.holder, stake.subject].add(stake.least)
    assert any(len(found) > 1 for found in shares.values())
