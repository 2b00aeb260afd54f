"""What a run leaves behind: the assessment folder and the summary that a manager reads."""

from ipxray.report.folder import MANIFEST, check_folder, write_folder
from ipxray.report.headline import Headline, Level, Scope, Subject, headline, scope_of
from ipxray.report.parquet import csv_cell, write_csv, write_parquet
from ipxray.report.summary import aligned, level_text, ranking_lines, scope_line, summary_lines

__all__ = [
    "MANIFEST",
    "Headline",
    "Level",
    "Scope",
    "Subject",
    "aligned",
    "check_folder",
    "csv_cell",
    "headline",
    "level_text",
    "ranking_lines",
    "scope_line",
    "scope_of",
    "summary_lines",
    "write_csv",
    "write_folder",
    "write_parquet",
]
