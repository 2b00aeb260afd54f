"""Kinds of abuse by name: family, procedures, whom it is done to; and the tricks that hide them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

__all__ = ["BEHAVIOURS", "EVASIONS", "Behaviour", "Evasion", "Scene"]

Target = Literal["abroad", "lte"]


class Behaviour(NamedTuple):
    """One kind of abuse: its family, the procedures played for each target, whom it can be done to."""

    family: str
    procedures: tuple[str, ...]
    target: Target = "abroad"
    sender: Literal["stranger", "home", "visited"] = "stranger"
    """Whose address side A bears: a stranger's, or that of the target's own home or visited network."""


def _of(family: str, *procedures: str) -> Behaviour:
    lte = any(each.startswith(("lte_", "try_identity", "open_", "close_", "redirect")) for each in procedures)
    return Behaviour(family, procedures, "lte" if lte else "abroad")


_ONE, _TWO, _THREE = "interconnect_category1", "interconnect_category2", "interconnect_category3"

BEHAVIOURS: dict[str, Behaviour] = {
    "any_time_interrogation": _of(_ONE, "ask_anywhere"),
    "any_time_interrogation_refused": _of(_ONE, "ask_anywhere_refused"),
    "any_time_subscription_interrogation": _of(_ONE, "read_subscription"),
    "any_time_modification": _of(_ONE, "change_subscription"),
    "send_imsi": _of(_ONE, "ask_imsi"),
    "send_routing_info": _of(_ONE, "ask_route"),
    "send_routing_info_for_gprs": _of(_ONE, "ask_packet_route"),
    "provide_subscriber_location": _of(_ONE, "ask_position"),
    "send_routing_info_for_lcs": _of(_ONE, "ask_position_route"),
    "send_identification": _of(_ONE, "ask_identification"),
    "activate_trace": _of(_ONE, "trace"),
    "note_subscriber_data_modified": _of(_ONE, "report_modified"),
    "provide_location": _of(_ONE, "lte_ask_position"),
    "routing_info": _of(_ONE, "lte_ask_position_route"),
    "user_data": _of(_ONE, "lte_ask_user_data"),
    "provide_subscriber_info": _of(_TWO, "ask_where"),
    "provide_subscriber_info_later": _of(_TWO, "ask_where_later"),
    "dialogue_injection": _of(_TWO, "slip_into_dialogue"),
    "insert_subscriber_data": _of(_TWO, "push_profile"),
    "provide_roaming_number": _of(_TWO, "ask_roaming_number"),
    "insert_subscriber_data_diameter": _of(_TWO, "lte_push_profile"),
    "insert_subscriber_data_location": _of(_TWO, "lte_ask_where"),
    "update_location_elsewhere": _of(_THREE, "move_here"),
    "update_gprs_location_elsewhere": _of(_THREE, "move_packet_here"),
    "update_location_request_elsewhere": _of(_THREE, "lte_harvest_vectors", "lte_move_here"),
    "restore_data_elsewhere": _of(_THREE, "read_profile"),
    "ready_for_sm_elsewhere": _of(_THREE, "claim_present"),
    "notify_elsewhere": _of(_THREE, "lte_claim_present"),
    "home_routing_bypass": _of("sms", "bypass_home_routing"),
    "text_without_routing": _of("sms", "text_without_asking"),
    "toolkit_text": _of("sms", "text_to_toolkit"),
    "text_as_subscriber": _of("sms", "text_as_subscriber"),
    "text_route_harvest": _of("sms", "ask_text_route"),
    "text_route_harvest_diameter": _of("sms", "lte_ask_text_route"),
    "location_burst": _of("tracking", "ask_where", "ask_where"),
    "location_ladder": _of("tracking", "ask_text_route", "ask_where", "lte_ask_where", "ask_anywhere"),
    "location_after_block": _of("tracking", "ask_anywhere_refused", "ask_where", "lte_ask_where"),
    "text_hijack": _of("hijack", "ask_text_route", "move_here", "read_text", "read_text"),
    "text_hijack_after_cancel": _of("hijack", "cut_off", "move_here", "read_text"),
    "text_hijack_diameter": _of("hijack", "lte_ask_text_route", "lte_move_here", "lte_read_text"),
    "call_hijack": _of("hijack", "push_camel", "take_calls"),
    "forwarding_hijack": _of("hijack", "divert_calls"),
    "vector_harvest": _of("vectors", "harvest_vectors"),
    "vector_harvest_diameter": _of("vectors", "lte_harvest_vectors"),
    "cancel_location": _of("denial", "cut_off"),
    "cancel_location_diameter": _of("denial", "lte_cut_off"),
    "delete_subscriber_data": _of("denial", "strip_services"),
    "delete_subscriber_data_diameter": _of("denial", "lte_strip_services"),
    "purge": _of("denial", "drop_subscriber"),
    "purge_diameter": _of("denial", "lte_drop_subscriber"),
    "reset": _of("denial", "restart_everybody"),
    "reset_diameter": _of("denial", "lte_restart_everybody"),
    "code_as_subscriber": _of("fraud", "dial_code_as_subscriber"),
    "fake_menu": _of("fraud", "fake_menu"),
    "number_scan": _of("scanning", "try_number"),
    "title_scan": _of("scanning", "try_title"),
    "identity_scan": _of("scanning", "try_identity"),
    "session_as_roamer": _of("gtp", "open_session_as_roamer"),
    "private_session": _of("gtp", "open_private_session"),
    "session_at_other_operator": _of("gtp", "open_session_at_other_operator"),
    "session_from_nowhere": _of("gtp", "open_session_from_nowhere"),
    "context_as_roamer": _of("gtp", "open_context_as_roamer"),
    "tunnel_guessing": _of("gtp", "guess_tunnel"),
    "foreign_session_closed": _of("gtp", "close_foreign_session"),
    "context_request": _of("gtp", "ask_context"),
    "echo_payload": _of("gtp", "hide_in_echo"),
    "tunnel_in_tunnel": Behaviour("gtp", ("tunnel_in_tunnel",), "lte", sender="visited"),
    "tunnel_redirected": _of("gtp", "redirect_tunnel"),
    "spoofed_home": Behaviour("route", ("ask_where",), sender="home"),
    "spoofed_visited": Behaviour("route", ("drop_subscriber",), sender="visited"),
    "spoofed_home_diameter": Behaviour("route", ("lte_ask_where",), "lte", sender="home"),
}
"""By name."""


class Scene(NamedTuple):
    """What a trick may need to know of a campaign: names of its attackers' nodes, the first one's first."""

    realms: tuple[str, ...]


class Evasion(NamedTuple):
    """One trick: on which family of messages it works, and the options that play it."""

    family: str
    options: Callable[[Scene], tuple[str, ...]]


def _map(*options: str) -> Evasion:
    return Evasion("map", lambda _: options)


def _dia(*options: str) -> Evasion:
    return Evasion("dia", lambda _: options)


EVASIONS: dict[str, Evasion] = {
    "global_operation_code": _map("global"),
    "longer_context": _map("longer_context"),
    "other_context": _map("other_context"),
    "missing_context": _map("no_context"),
    "long_transaction": _map("long_transaction"),
    "missing_subsystem": _map("no_subsystem"),
    "zero_subsystem": _map("zero_subsystem"),
    "wrong_subsystem": _map("other_subsystem"),
    "high_tag": _map("high_tag"),
    "long_length": _map("long_length"),
    "unknown_extension_first": _map("extension_first"),
    "double_identity": _map("double_identity"),
    "no_identity": _map("no_identity"),
    "double_component": _map("extra=readyForSM"),
    "segmented": _map("segments=2"),
    "extra_digit": _map("extra_digit"),
    "near_transactions": _map("near_ids"),
    "undeclared_route": Evasion("any", lambda _: ("undeclared_route",)),
    "visited_plmn_zero": _dia("visited=000000"),
    "visited_plmn_probing": _dia("probing"),
    "imsi_in_session": _dia("session=imsi"),
    "short_session": _dia("session=short"),
    "user_twice": _dia("user_twice"),
    "host_of_another_realm": Evasion("dia", lambda scene: (f"origin_host=hss1.{scene.realms[0]}",)),
    "host_by_label_trick": Evasion(
        "dia", lambda scene: (f"origin_host=hss.evil{scene.realms[0]}", f"origin_realm={scene.realms[0]}")
    ),
    "capital_letters": Evasion("dia", lambda scene: (f"origin_realm={scene.realms[0].upper()}",)),
    "rotating_realms": Evasion("dia", lambda scene: (f"routes=dra9.{scene.realms[0]}",)),
}
"""By name."""
