"""An assessment in the forms that others read: STIX 2.1, MISP, CSV, JSON lines, Parquet."""

from ipxray.exchange.export import FORMS, MARKINGS, SEVERITIES, export_files, export_text
from ipxray.exchange.techniques import Technique, technique

__all__ = ["FORMS", "MARKINGS", "SEVERITIES", "Technique", "export_files", "export_text", "technique"]
