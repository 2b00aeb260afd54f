"""What one run of the dashboard holds: the shelf, the open stores, the templates, the facts, the jobs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from ipxray.dashboard.access import Keys
from ipxray.dashboard.jobs import Jobs
from ipxray.dashboard.rendering import STATIC, environment
from ipxray.dashboard.shelf import Shelf
from ipxray.dashboard.store import Stores
from ipxray.dashboard.triage import Triage
from ipxray.facts import Facts, load
from ipxray.report import figure_script

__all__ = ["Dashboard"]

COMMAND = (sys.executable, "-c", "import sys; from ipxray.cli import main; sys.exit(main())")
"""The command line in a process of its own, by the same interpreter."""


class Dashboard:
    """The state behind the pages. Facts are read when first asked for and kept: they do not change while served."""

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        *,
        facts_folders: Sequence[Path] = (),
        show_identities: bool = False,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self.shelf = Shelf(folder)
        self.stores = Stores(show_identities=show_identities)
        self.keys = keys
        self.jobs = Jobs()
        self.command = tuple(command)
        self.show_identities = show_identities
        self.facts_folders = tuple(facts_folders)
        self.templates: Environment = environment()
        self._lock = threading.Lock()
        self._triage: dict[Path, Triage] = {}

    @cached_property
    def has_htmx(self) -> bool:
        """Whether the script was built; every page works without it."""
        return (STATIC / "htmx.js").is_file() and (STATIC / "htmx.js").stat().st_size > 0

    @cached_property
    def has_figures(self) -> bool:
        """Whether viz.js was built; the tables say the same without it."""
        return bool(figure_script())

    @property
    def facts(self) -> Facts:
        """The shipped facts with the user's folders laid over them."""
        with self._lock:
            return self._facts

    def triage_of(self, folder: Path) -> Triage:
        """The decisions kept in this folder."""
        with self._lock:
            return self._triage.setdefault(folder, Triage(folder))

    def members(self, group: str, at: str) -> list[str]:
        """Countries of a group at a date (ISO 8601); of an unknown group, none."""
        found = self.facts.groups.get(group)
        day = _day(at)
        return [
            member.country
            for member in (found.members if found else ())
            if (member.since is None or member.since <= day) and (member.until is None or day < member.until)
        ]

    @cached_property
    def _facts(self) -> Facts:
        return load(self.facts_folders)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.now(tz=UTC).date()
