"""XML as the lab writes it: elements as plain pairs, one a line, the namespace bound in four ways."""

from __future__ import annotations

from typing import Literal, TypeAlias
from xml.sax.saxutils import escape

__all__ = ["NAMESPACE", "PREFIX_STYLES", "Element", "PrefixStyle", "branch", "leaf", "render"]

Element: TypeAlias = "tuple[str, str | list[Element]]"
"""A name and either text or children."""

NAMESPACE = "https://infocentre.gsm.org/TADIG-RAEX-IR21"
_GENERAL_NAMESPACE = "https://infocentre.gsm.org/TADIG-GEN"

PrefixStyle = Literal["prefixed_root", "default_only", "prefixed_throughout", "odd_prefix"]
PREFIX_STYLES: tuple[PrefixStyle, ...] = ("prefixed_root", "default_only", "prefixed_throughout", "odd_prefix")
_ROOT = "TADIGRAEXIR21"
_INSTANCE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def leaf(name: str, text: object) -> Element:
    """An element that holds text; truth values are written as XML Schema writes them."""
    if isinstance(text, bool):
        return name, "true" if text else "false"
    return name, str(text)


def branch(name: str, *children: Element | None) -> Element:
    """An element that holds elements; those that are None are left out."""
    return name, [child for child in children if child is not None]


def render(children: list[Element], *, version: str, style: PrefixStyle) -> bytes:
    """Write a document of the given schema version around the children of its root, in UTF-8."""
    root_prefix, prefix, bindings = _bindings(style)
    location = f'xsi:schemaLocation="{NAMESPACE} tadig-raex-ir21-{version}.xsd"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
        f"<{root_prefix}{_ROOT} {bindings} {_INSTANCE} {location}>",
    ]
    for child in children:
        _append(lines, child, "  ", prefix)
    lines.append(f"</{root_prefix}{_ROOT}>\n")
    return "\n".join(lines).encode()


def _bindings(style: PrefixStyle) -> tuple[str, str, str]:
    default = f'xmlns="{NAMESPACE}"'
    if style == "prefixed_root":
        both = f'{default} xmlns:tadig-gen="{_GENERAL_NAMESPACE}" xmlns:tadig-raex-21="{NAMESPACE}"'
        return "tadig-raex-21:", "", both
    if style == "default_only":
        return "", "", default
    if style == "prefixed_throughout":
        return "ir21:", "ir21:", f'xmlns:ir21="{NAMESPACE}"'
    # A prefix that another document binds to something else: only the namespace may decide.
    return "tadig-gen:", "", f'{default} xmlns:tadig-gen="{NAMESPACE}"'


def _append(lines: list[str], element: Element, indent: str, prefix: str) -> None:
    name, content = element
    if not content:
        lines.append(f"{indent}<{prefix}{name}/>")
    elif isinstance(content, str):
        text = escape(content) if "&" in content or "<" in content or ">" in content else content
        lines.append(f"{indent}<{prefix}{name}>{text}</{prefix}{name}>")
    else:
        lines.append(f"{indent}<{prefix}{name}>")
        deeper = indent + "  "
        for child in content:
            _append(lines, child, deeper, prefix)
        lines.append(f"{indent}</{prefix}{name}>")
