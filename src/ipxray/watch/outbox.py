"""Telling others, beside the work and never in its way: again and again, later each time, and not for ever."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ipxray.watch.journal import Delivery, Journal

__all__ = ["Channel", "Outbox"]

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 300.0
_MOST_ATTEMPTS = 300
"""At five minutes each: a collector may be away for a day."""

_MOST_WAITING = 100_000
_BATCH = 50


class Channel(Protocol):
    """Somebody who is told; `channel` names them in the journal."""

    channel: str

    def deliver(self, delivery: Delivery) -> None:
        """Tell one alert, or raise OSError or http.client.HTTPException."""


class Outbox(threading.Thread):
    """A thread that empties the journal's queue into channels until it is told to stop.

    `delivered`, `failed` and `dropped` count. Its journal is its own connection, so that neither waits for the other
    longer than a transaction.
    """

    def __init__(self, journal: Path, channels: Sequence[Channel]) -> None:
        super().__init__(name="outbox", daemon=True)
        self._path = journal
        self._channels = channels
        self._ending = threading.Event()
        self.delivered = 0
        self.failed = 0
        self.dropped = 0

    def stop(self, patience: float) -> None:
        """Let it try what is due once more, for at most that many seconds."""
        self._ending.set()
        self.join(patience)

    def run(self) -> None:
        """Deliver what is due, then wait a second."""
        journal = Journal(self._path)
        try:
            while not self._ending.is_set():
                self._round(journal)
                self._ending.wait(1.0)
            self._round(journal)
        finally:
            journal.close()

    def _round(self, journal: Journal) -> None:
        with journal.step():
            self.dropped += journal.drop_beyond(_MOST_WAITING)
        for channel in self._channels:
            for delivery in journal.due(channel.channel, time.time(), _BATCH):
                if not self._tell(journal, channel, delivery):
                    break  # who does not answer now does not answer the next one either

    def _tell(self, journal: Journal, channel: Channel, delivery: Delivery) -> bool:
        try:
            channel.deliver(delivery)
        except (OSError, http.client.HTTPException):
            self.failed += 1
            with journal.step():
                if delivery.attempts + 1 >= _MOST_ATTEMPTS:
                    journal.delivered([delivery.number])
                    self.dropped += 1
                else:
                    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0**delivery.attempts)
                    journal.postpone(delivery.number, time.time() + wait)
            return False
        with journal.step():
            journal.delivered([delivery.number])
        self.delivered += 1
        return True
