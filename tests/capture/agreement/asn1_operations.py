"""Every operation of MAP and CAP that pycrate knows, with its application context; components in TCAP messages."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

# Application context of each operation, TS 29.002 §17.3: detection-knowledge lists the same numbers.
MAP_CONTEXTS = {
    1: (2, 7, 38, 57),
    2: (3,),
    3: (4,),
    4: (87,),
    5: (22,),
    6: (6,),
    7: (73, 74, 75),
    8: (76, 77),
    9: (88,),
    10: (37,),
    11: (29, 33, 34, 68, 69),
    13: (43,),
    14: (56,),
    15: (55,),
    16: (8,),
    17: (50, 51),
    18: (10, 11, 12, 13, 14, 17, 18),
    19: (59, 60, 61),
    20: (45, 47, 63),
    21: (46,),
    22: (5,),
    23: (64,),
    24: (66,),
    25: (44,),
    26: (58,),
    27: (67,),
    28: (70,),
    29: (71,),
    31: (39, 40, 41, 42),
    32: (23,),
    33: (24,),
    34: (25,),
    35: (26,),
    36: (72,),
    37: (85,),
    38: (83, 86),
    39: (15,),
    41: (21,),
    42: (89,),
    43: (62, 65),
    44: (20,),
    45: (84,),
    46: (53,),
    47: (36,),
}
# Last version of a context that is not the third. Ref: TS 29.002 §17.3.3.
LAST_VERSIONS = {6: 4, 10: 2, 18: 2, 19: 2, 23: 2, 26: 2}
CAP_CONTEXTS = {"call": (4, 0, 0, 1, 23, 3, 4), "sms": (4, 0, 0, 1, 23, 3, 61), "gprs": (4, 0, 0, 1, 21, 3, 50)}


class Operation(NamedTuple):
    """One operation: protocol, code, types of its argument and result, its application context as content octets."""

    protocol: str
    code: int
    argument: Any
    result: Any
    context: bytes

    @property
    def subsystem(self) -> int:
        """The subsystem that its messages go to."""
        return 146 if self.protocol == "cap" else 6


@cache
def map_operations() -> tuple[Operation, ...]:
    """Every operation of MAP version 3 (and 2, where it goes no further)."""
    from pycrate_asn1dir import TCAP_MAPv2v3

    numbers = {code: number for number, codes in MAP_CONTEXTS.items() for code in codes}
    found = []
    for item in TCAP_MAPv2v3.MAP_Protocol.Supported_MAP_Operations.get_val().root:
        code = item["operationCode"][1]
        number = numbers[code]
        context = bytes([4, 0, 0, 1, 0, number, LAST_VERSIONS.get(number, 3)])
        found.append(Operation("map", code, item.get("ArgumentType"), item.get("ResultType"), context))
    return tuple(sorted(found, key=lambda operation: operation.code))


@cache
def cap_operations() -> tuple[Operation, ...]:
    """Every operation of CAP version 4."""
    from pycrate_asn1dir import TCAP_CAP

    messages = TCAP_CAP.TCAP_CAP_Messages
    sets = (messages.AllCAPReturnable, messages.AllCAPInvokable)
    items = {item["operationCode"][1]: item for known in sets for item in known.get_val().root}
    found = []
    for code, item in sorted(items.items()):
        family = "sms" if 60 <= code <= 67 else "gprs" if 70 <= code <= 83 else "call"
        found.append(
            Operation("cap", code, item.get("ArgumentType"), item.get("ResultType"), bytes(CAP_CONTEXTS[family]))
        )
    return tuple(found)


def element(tag: int, *contents: bytes) -> bytes:
    """One BER element of a definite, shortest length."""
    content = b"".join(contents)
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def _dialogue(context: bytes, *, is_answer: bool) -> bytes:
    name = element(0xA1, element(0x06, context))
    version = b"\x80\x02\x07\x80"
    if is_answer:
        accepted = element(0xA2, b"\x02\x01\x00") + element(0xA3, element(0xA1, b"\x02\x01\x00"))
        portion = element(0x61, version, name, accepted)
    else:
        portion = element(0x60, version, name)
    return element(0x6B, element(0x28, b"\x06\x07\x00\x11\x86\x05\x01\x01\x01", element(0xA0, portion)))


def begin(operation: Operation, transaction: int, argument: bytes) -> bytes:
    """A TC-BEGIN with one invoke."""
    component = element(0xA1, b"\x02\x01\x01", bytes([2, 1, operation.code]), argument)
    dialogue = _dialogue(operation.context, is_answer=False)
    return element(0x62, element(0x48, transaction.to_bytes(4, "big")), dialogue, element(0x6C, component))


def end(operation: Operation, transaction: int, result: bytes) -> bytes:
    """The TC-END that answers it with one return result."""
    component = element(0xA2, b"\x02\x01\x01", element(0x30, bytes([2, 1, operation.code]), result))
    dialogue = _dialogue(operation.context, is_answer=True)
    return element(0x64, element(0x49, transaction.to_bytes(4, "big")), dialogue, element(0x6C, component))
