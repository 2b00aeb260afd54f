"""InternationalSCCPGateway: the carriers of SS7 signalling, their point codes and roles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from ipxray.declarations.carriers import CARRIERS, declare
from ipxray.declarations.names import is_generic, is_void, split_names
from ipxray.declarations.roles import role_from_comments, role_of
from ipxray.declarations.rows import Role
from ipxray.declarations.section import Section
from ipxray.declarations.text import LONGEST_TEXT, quoted, without_numbers
from ipxray.declarations.xml import child, children, texts_of
from ipxray.errors import UsageError
from ipxray.identity import PointCode

__all__ = ["read_sccp"]

Comments = Sequence[str | None]


class _Gateway(NamedTuple):
    """One DPCItem: who it is said to be, the element that says it, its point code, the comment beside it."""

    carrier: str | None
    path: str
    point_code: str | None
    comment: str | None


def read_sccp(section: Section) -> None:
    """One row per carrier name and point code, in order; a generic name gives way to each point code's signature."""
    listed = child(section.info, "InternationalSCCPCarrierList")
    if listed is None:
        return
    stem = f"{section.path}/InternationalSCCPCarrierList/SCCPCarrierItem"
    for number, item in islice(children(listed, "SCCPCarrierItem"), CARRIERS + 1):
        _read_item(item, f"{stem}[{number}]", section)


def _read_item(item: etree._Element, path: str, section: Section) -> None:
    fields = texts_of(item, section.reading.names)
    name = fields.get("SCCPCarrierName")
    stated = fields.get("SCCPConnectivityInformation")
    remark = fields.get("SCCPCarrierComments")
    gateways = _gateways(item, name, path, section)
    if not gateways:
        gateways = [_Gateway(name, f"{path}/SCCPCarrierName", None, None)]
    comments: dict[str | None, list[str | None]] = {}
    for gateway in gateways:
        comments.setdefault(gateway.carrier, []).append(gateway.comment)
    roles = {carrier: _role(stated, (remark,), below) for carrier, below in comments.items()}
    overruled = next((words for role, words in roles.values() if role_of(stated) not in (role, "unstated")), None)
    if overruled is not None:
        message = f"declared {quoted(stated or '')}, but the comment says {quoted(_bare(overruled, path, section))}"
        section.report("role-contradiction", message, path)
    for gateway in gateways:
        role, role_text = roles[gateway.carrier]
        declare(
            section, "sccp", gateway.carrier, gateway.path,
            point_code=gateway.point_code, role=role, role_text=role_text and _bare(role_text, path, section),
        )  # fmt: skip


def _gateways(item: etree._Element, name: str | None, path: str, section: Section) -> list[_Gateway]:
    listed = child(item, "DPCList")
    gateways: list[_Gateway] = []
    is_telling = name is not None and not is_void(name) and not is_generic(name)
    for number, point in islice(children(listed, "DPCItem"), CARRIERS + 1) if listed is not None else ():
        below = f"{path}/DPCList/DPCItem[{number}]"
        fields = texts_of(point, section.reading.names)
        point_code = _point_code(fields.get("DPC"), f"{below}/DPC", section)
        comment = fields.get("Comments")
        signature = None if is_telling else fields.get("SCSignature")
        if signature is not None and split_names(signature) and not is_void(signature) and not is_generic(signature):
            gateways.append(_Gateway(signature, f"{below}/SCSignature", point_code, comment))
        else:
            gateways.append(_Gateway(name, f"{path}/SCCPCarrierName", point_code, comment))
    return gateways


def _point_code(text: str | None, path: str, section: Section) -> str | None:
    if text is None or is_void(text):
        return None
    dashed = _dashed(text[:LONGEST_TEXT])
    if dashed is None:
        message = f"{quoted(text)} is no international point code"
        section.report("point-code-invalid", message, path)
    return dashed


@lru_cache(maxsize=4096)
def _dashed(text: str) -> str | None:
    """A point code as it is kept; carriers' gateways recur in document after document."""
    try:
        return PointCode.parse(text).dashed
    except UsageError:
        return None


def _role(stated: str | None, remark: Comments, comments: Comments) -> tuple[Role, str | None]:
    """The stated role and its words, unless the comments to all of a carrier's point codes or to itself overrule it."""
    role = role_of(stated)
    derived, words = role_from_comments(comments)
    if derived == "unstated":
        derived, words = role_from_comments(remark)
    overrules = role in ("primary", "unstated") and derived not in ("unstated", role)
    return (derived, words) if overrules else (role, stated)


def _bare(words: str, path: str, section: Section) -> str:
    return without_numbers(section.text(words, path))
