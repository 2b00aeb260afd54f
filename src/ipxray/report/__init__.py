"""What a run leaves behind: the assessment folder and the summary that a manager reads."""

from ipxray.report.folder import MANIFEST, check_folder, write_folder
from ipxray.report.headline import Headline, Level, Scope, Subject, headline, scope_of
from ipxray.report.page import PAGE, environment, figure_script, render_page, stylesheet, write_html
from ipxray.report.parquet import csv_cell, write_csv, write_parquet
from ipxray.report.reading import Reading, open_reading
from ipxray.report.reference import (
    KnownCarrier,
    KnownCountry,
    KnownIncident,
    KnownOwner,
    KnownPolicyAction,
    KnownSource,
    Network,
    reference_tables,
)
from ipxray.report.sections import Column, Figure, Grid, Link, Row, Section
from ipxray.report.summary import (
    aligned,
    level_text,
    ranking_lines,
    scope_line,
    share_text,
    summary_lines,
    traffic_text,
)

__all__ = [
    "MANIFEST",
    "PAGE",
    "Column",
    "Figure",
    "Grid",
    "Headline",
    "KnownCarrier",
    "KnownCountry",
    "KnownIncident",
    "KnownOwner",
    "KnownPolicyAction",
    "KnownSource",
    "Level",
    "Link",
    "Network",
    "Reading",
    "Row",
    "Scope",
    "Section",
    "Subject",
    "aligned",
    "check_folder",
    "csv_cell",
    "environment",
    "figure_script",
    "headline",
    "level_text",
    "open_reading",
    "ranking_lines",
    "reference_tables",
    "render_page",
    "scope_line",
    "scope_of",
    "share_text",
    "stylesheet",
    "summary_lines",
    "traffic_text",
    "write_csv",
    "write_folder",
    "write_html",
    "write_parquet",
]
