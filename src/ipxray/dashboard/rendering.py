"""The templates: everything escaped, an unknown name refused."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ipxray.dashboard.cells import NUMERIC, cell, count, instant, share
from ipxray.dashboard.slugs import slug

__all__ = ["STATIC", "address", "environment"]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def environment() -> Environment:
    """Templates that escape every value and refuse a name that does not exist."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(share=share, instant=instant, slug=slug, count=count)
    made.globals.update(address=address, cell=cell, numeric=NUMERIC)
    return made


def address(version: str, *segments: str, form: str = "", **asked: object) -> str:
    """The lasting address of a view of one data version: the view's name, then what it is of."""
    view, *things = segments
    path = "/".join(["", "a", version, view, *(slug(thing) for thing in things)])
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")})
    return f"{path}{form}?{query}" if query else f"{path}{form}"
