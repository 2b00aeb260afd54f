"""How often roamers do what: times an hour for each who can. No public figures exist; only the mix matters."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["HABITS", "Habit", "Who"]

Who = Literal["people", "lte", "camel", "things", "packet"]


class Habit(NamedTuple):
    """Procedures played one after another, times an hour, and by whom."""

    procedures: tuple[str, ...]
    an_hour: float
    who: Who = "people"


HABITS: tuple[Habit, ...] = (
    Habit(("authenticate",), 0.7),
    Habit(("authenticate_v2",), 0.1),
    Habit(("authenticate", "register"), 0.25),
    Habit(("authenticate", "register_with_much_data"), 0.03),
    Habit(("register_v1",), 0.02),
    Habit(("authenticate_unanswered",), 0.01),
    Habit(("authenticate_failed", "authenticate"), 0.004),
    Habit(("authenticate", "authentication_failure"), 0.004),
    Habit(("register_packet",), 0.2),
    Habit(("restore",), 0.02),
    Habit(("change_profile",), 0.05),
    Habit(("withdraw_service",), 0.01),
    Habit(("locate",), 0.15),
    Habit(("call_to_roamer",), 0.5),
    Habit(("call_to_absent",), 0.04),
    Habit(("call_from_roamer",), 0.8, "camel"),
    Habit(("text_from_roamer",), 0.4),
    Habit(("text_from_home",), 0.5),
    Habit(("text_to_absent",), 0.03),
    Habit(("dial_code",), 0.08),
    Habit(("notify_user",), 0.02),
    Habit(("forward_calls",), 0.01),
    Habit(("ask_forwarding",), 0.03),
    Habit(("lte_authenticate",), 1.2, "lte"),
    Habit(("lte_authenticate_over_tcp",), 0.2, "lte"),
    Habit(("lte_authenticate", "lte_register"), 0.4, "lte"),
    Habit(("lte_authenticate_undelivered",), 0.01, "lte"),
    Habit(("lte_change_profile",), 0.08, "lte"),
    Habit(("lte_locate",), 0.06, "lte"),
    Habit(("lte_notify",), 0.2, "lte"),
    Habit(("lte_text_from_roamer",), 0.15, "lte"),
    Habit(("lte_text_to_roamer",), 0.3, "lte"),
    Habit(("open_session", "use_session", "close_session"), 0.5, "lte"),
    Habit(("move_session", "use_session"), 1.2, "lte"),
    Habit(("refuse_session",), 0.02, "lte"),
    Habit(("open_context", "move_context", "close_context"), 0.4, "packet"),
    Habit(("open_context", "close_context"), 2.5, "things"),
    Habit(("authenticate_refused",), 2.0, "things"),
    Habit(("authenticate", "register_refused"), 1.0, "things"),
    Habit(("check_path",), 0.05),
)
