"""Documents opened ahead: while rows are drawn out of one, the next is read, hashed and parsed in another thread."""

from __future__ import annotations

import gc
import hashlib
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, NamedTuple

from lxml import etree

from ipxray.declarations.sources import Source, SourceReader
from ipxray.declarations.xml import Refusal, new_parser, parse

__all__ = ["Opened", "opened", "reading_pace"]

_AHEAD: Final = 2
"""Documents held open at once beside the one being read: the parser runs without the interpreter's lock, so one thread
keeps up; each may be as large as a document may be, so more would only cost memory."""

_TURN: Final = 0.0001
"""Seconds after which a thread that draws rows lets the opening one go on, a hundred times sooner than by default: that
one needs the interpreter for microseconds only, a dozen times a document, and else would wait longer than it works."""


class Opened(NamedTuple):
    """One document: its bytes or why there are none, its SHA-256, the root of its XML (null for a list) or why not."""

    source: Source
    data: bytes | Refusal
    sha256: str
    root: etree._Element | Refusal | None


def opened(sources: Sequence[Source]) -> Iterator[Opened]:
    """Yield every source in order, opened. Content never raises."""
    reader, parser = SourceReader(), new_parser()
    waiting: deque[Future[Opened]] = deque()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ipxray-open") as worker:
        try:
            for source in sources:
                waiting.append(worker.submit(_open, source, reader, parser))
                if len(waiting) > _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            worker.submit(reader.close).result()


def _open(source: Source, reader: SourceReader, parser: etree.XMLParser) -> Opened:
    data = reader.read(source)
    if isinstance(data, Refusal):
        return Opened(source, data, "", None)
    root = None if source.kind == "csv" else parse(data, parser)
    return Opened(source, data, hashlib.sha256(data).hexdigest(), root)


@contextmanager
def reading_pace() -> Iterator[None]:
    """Let threads take turns quickly, and keep the cycle collector from walking piles of rows that hold no cycles."""
    turn, was_enabled = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(min(turn, _TURN))
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if was_enabled:
            gc.enable()
