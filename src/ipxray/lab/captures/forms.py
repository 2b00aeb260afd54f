"""From the key of a template to its encoder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ipxray.lab.captures.cap_messages import cap_frame
from ipxray.lab.captures.diameter import DiameterForm, diameter_frame
from ipxray.lab.captures.gtp import GtpForm, gtp_frame
from ipxray.lab.captures.map_messages import Form, Part, map_frame
from ipxray.lab.captures.templates import Builder

__all__ = ["builder_of"]

_MAP_FLAGS: Mapping[str, dict[str, Any]] = {
    "e214": {"plan": 7}, "sgsn": {"is_sgsn": True}, "v1": {"version": 1}, "v2": {"version": 2},
    "global": {"is_global": True}, "no_context": {"context": "none"}, "longer_context": {"context": "longer"},
    "other_context": {"context": "other"}, "long_transaction": {"transaction": "long"},
    "no_subsystem": {"subsystem": "none"}, "zero_subsystem": {"subsystem": "zero"},
    "other_subsystem": {"subsystem": "other"}, "high_tag": {"argument": "high_tag"},
    "no_identity": {"argument": "no_identity"}, "long_length": {"argument": "long_length"},
    "extension_first": {"argument": "extension_first"}, "double_identity": {"argument": "double_identity"},
    "extra_digit": {"digits": 14},
}  # fmt: skip
_GTP_FLAGS: Mapping[str, dict[str, Any]] = {
    "private": {"apn": "private"},
    "nested": {"nested": True},
    "other_endpoint": {"endpoint": "other"},
}
_MAP_VALUES = {"in": "inside", "variant": "variant", "extra": "extra"}
_NUMBERS = {"error": "error", "segments": "segments", "segment": "segment"}


def builder_of(key: str) -> Builder:
    """What encodes `family:message.part/option/…`."""
    family, _, rest = key.partition(":")
    name, *options = rest.split("/")
    message, _, part = name.rpartition(".")
    if family == "map":
        form = _map_form(options)
        return lambda slots: map_frame(slots, message, cast("Part", part), form)
    if family == "dia":
        diameter = _diameter_form(options)
        return lambda slots: diameter_frame(slots, message, diameter, is_request=part == "request")
    if family == "cap":
        return lambda slots: cap_frame(slots, message, part)
    gtp = _gtp_form(options)
    return lambda slots: gtp_frame(slots, name, gtp)


def _map_form(options: list[str]) -> Form:
    fields: dict[str, Any] = {}
    for option in options:
        name, _, value = option.partition("=")
        if name in _NUMBERS:
            fields[_NUMBERS[name]] = int(value)
        elif name in _MAP_VALUES:
            fields[_MAP_VALUES[name]] = value
        else:
            fields |= _MAP_FLAGS[name]
    return Form(**fields)


def _diameter_form(options: list[str]) -> DiameterForm:
    fields: dict[str, Any] = {}
    for option in options:
        name, _, value = option.partition("=")
        if name in {"via", "via_carrier", "result", "experimental"}:
            fields[name] = int(value)
        elif name in {"origin_host", "origin_realm"}:
            fields[name] = value.encode("ascii")
        elif name == "visited":
            fields[name] = bytes.fromhex(value)
        elif name == "session":
            fields[name] = value
        elif name == "routes":
            fields[name] = tuple(each.encode("ascii") for each in value.split(",") if each)
        else:
            fields[{"tcp": "is_tcp", "retransmitted": "is_retransmitted", "user_twice": "user_twice"}[name]] = True
    return DiameterForm(**fields)


def _gtp_form(options: list[str]) -> GtpForm:
    fields: dict[str, Any] = {}
    for option in options:
        name, _, value = option.partition("=")
        if name == "cause":
            fields[name] = int(value)
        elif name == "payload":
            fields[name] = bytes.fromhex(value)
        else:
            fields |= _GTP_FLAGS[name]
    return GtpForm(**fields)
