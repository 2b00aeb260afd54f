"""Who owns the fictional carriers: a closed list of cases that puts every rule of control to the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from ipxray.lab.places import STATES
from ipxray.lab.plan import Holder, PlannedCarrier, Stake

__all__ = ["CASES", "OwnershipDraft", "draw_ownership"]

# Before and after the date of the truth.
_YESTERDAY, _TOMORROW = date(2022, 1, 1), date(2027, 1, 1)
_OF_THE_FIRST_STATE = (8, 10, 12, 13, 15)


class OwnershipDraft:
    """The holders and stakes of a world while they are drawn."""

    def __init__(self, random: Random, words: Iterator[str]) -> None:
        self.random = random
        self._words = words
        self.holders: list[Holder] = []
        self.stakes: list[Stake] = []

    def company(self, jurisdiction: str | None, kind: str = "registeredEntity") -> str:
        """Add a holder and return its id."""
        word = next(self._words)
        suffix = {"stateBody": "Public Fund", "person": "(private person)", "anonymousEntity": "Nominees"}.get(
            kind, "Holding"
        )
        self.holders.append(Holder(f"{word.lower()}-{kind.lower()}", f"{word} {suffix}", kind, jurisdiction))
        return self.holders[-1].id

    def owns(self, holder: str, subject: str, percent: float, **details: date) -> None:
        """Add a stake of exactly so many percent."""
        self.between(holder, subject, percent, percent, **details)

    def between(self, holder: str, subject: str, least: float, most: float, **details: date | bool) -> None:
        """Add a stake between two bounds in percent."""
        self.stakes.append(Stake(subject, holder, round(least * 100), round(most * 100), **details))  # type: ignore[arg-type]

    def influences(self, holder: str, subject: str, interest_type: str) -> None:
        """Add an interest that is no share."""
        self.stakes.append(Stake(subject, holder, None, None, interest_type=interest_type))


def draw_ownership(carriers: tuple[PlannedCarrier, ...], random: Random, words: Iterator[str]) -> OwnershipDraft:
    """Give every carrier an owner: the cases in order, again from the first when there are more carriers than cases.

    The first state stands behind some carriers of middling popularity for certain: examples ask about it.
    """
    draft = OwnershipDraft(random, words)
    for rank, carrier in enumerate(carriers):
        state = STATES[0] if rank % 16 in _OF_THE_FIRST_STATE else random.choice(STATES[1:])
        rival = random.choice([other for other in STATES if other != state])
        CASES[rank % len(CASES)](draft, carrier.entity, state, rival)
    return draft


def _state_of(code: str) -> str:
    return f"state-{code.lower()}"


def _chain_with_interval(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """State → public fund → holding above 50 % → carrier: certain majority through three steps."""
    fund, holding = draft.company(state, "stateBody"), draft.company(rival)
    draft.owns(_state_of(state), fund, 100)
    draft.between(fund, holding, 50, 100, above_least=True)
    draft.owns(holding, carrier, 50 + draft.random.randint(1, 4_000) / 100)


def _two_halves(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """Two companies of one state hold 25 % each: only added up do they reach 50 %."""
    for _ in range(2):
        company = draft.company(state)
        draft.owns(_state_of(state), company, 50 + draft.random.randint(1, 50))
        draft.owns(company, carrier, 25)
    draft.owns(draft.company(rival, "person"), carrier, 50)


def _minority(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """A state-owned company holds less than a quarter, private owners the rest."""
    company = draft.company(state)
    draft.owns(_state_of(state), company, 100)
    draft.owns(company, carrier, 18.4)
    draft.owns(draft.company(rival), carrier, 61.6)


def _golden_share(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """A private majority, and a state's veto that is no share."""
    draft.owns(draft.company(rival, "person"), carrier, 70)
    draft.influences(_state_of(state), carrier, "controlViaCompanyRulesOrArticles")


def _sold(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """A state's majority that ended, its smaller stake since, and the buyer's."""
    fund = draft.company(state, "stateBody")
    draft.owns(fund, carrier, 80, end=_YESTERDAY)
    draft.owns(fund, carrier, 20, start=_YESTERDAY)
    draft.owns(draft.company(rival), carrier, 60, start=_YESTERDAY)


def _to_be_bought(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """A purchase agreed but not closed at the date of the truth."""
    draft.owns(draft.company(rival), carrier, 100, end=_TOMORROW)
    draft.owns(_state_of(state), carrier, 100, start=_TOMORROW)


def _joint_venture(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """Two states hold a half each: both reach 50 %, neither exceeds it."""
    for owner in (state, rival):
        fund = draft.company(owner, "stateBody")
        draft.owns(fund, carrier, 50)


def _cross_holdings(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """Two companies hold each other; a state reaches one, through it the other, through both the carrier."""
    first, second = draft.company(state), draft.company(rival)
    draft.owns(first, second, 40)
    draft.owns(second, first, 30)
    draft.owns(_state_of(state), first, 52)
    draft.owns(_state_of(state), second, 15)
    draft.owns(first, carrier, 35)
    draft.owns(second, carrier, 20)


def _unknown_share(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """The largest holder without a figure: anything from nothing to everything."""
    fund = draft.company(state, "stateBody")
    draft.between(fund, carrier, 0, 100)
    draft.owns(draft.company(rival), carrier, 12)


def _sources_disagree(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """An older source says 55 %, a newer one 40 %: both stand."""
    company = draft.company(state)
    draft.owns(_state_of(state), company, 100)
    draft.owns(company, carrier, 55, as_of=date(2023, 6, 30))
    draft.owns(company, carrier, 40, as_of=date(2025, 6, 30))
    draft.owns(draft.company(rival), carrier, 30)


def _blocking(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """Exactly a quarter for one state, exactly a tenth for another."""
    draft.owns(_state_of(state), carrier, 25)
    draft.owns(_state_of(rival), carrier, 10)
    draft.owns(draft.company(None, "anonymousEntity"), carrier, 65)


def _straddling(draft: OwnershipDraft, carrier: str, state: str, rival: str) -> None:
    """An interval across the majority, and one that stops short of a quarter."""
    fund = draft.company(state, "stateBody")
    draft.between(fund, carrier, 45, 60)
    draft.between(draft.company(rival, "stateBody"), carrier, 20, 25, below_most=True)


Case = Callable[[OwnershipDraft, str, str, str], None]
CASES: tuple[Case, ...] = (
    _chain_with_interval,
    _two_halves,
    _minority,
    _golden_share,
    _sold,
    _joint_venture,
    _cross_holdings,
    _unknown_share,
    _sources_disagree,
    _blocking,
    _straddling,
    _to_be_bought,
)
"""The closed list of ownership cases, each told by its docstring."""
