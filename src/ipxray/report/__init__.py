"""What a run leaves behind: the assessment folder and the summary that a manager reads."""

from ipxray.report.folder import MANIFEST, write_folder
from ipxray.report.parquet import csv_cell, write_csv, write_parquet

__all__ = ["MANIFEST", "csv_cell", "write_csv", "write_folder", "write_parquet"]
