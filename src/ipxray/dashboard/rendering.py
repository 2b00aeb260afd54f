"""The templates: those of the report, those of the dashboard before them, everything escaped."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ipxray import report
from ipxray.dashboard.cells import NUMERIC, cell, count, instant
from ipxray.dashboard.slugs import address, slug

__all__ = ["STATIC", "environment"]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def environment() -> Environment:
    """Templates that escape every value and refuse a name that does not exist."""
    made = report.environment(FileSystemLoader(_HERE / "templates"))
    made.filters.update(instant=instant, slug=slug, count=count)
    made.globals.update(address=address, cell=cell, numeric=NUMERIC)
    return made
