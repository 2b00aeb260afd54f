"""Who abused the interconnect, and whether it came the way its sender declares: enrichment, rules as data, findings."""

from ipxray.detection.detect import Findings, detect
from ipxray.detection.engine import DuckDb, Engine
from ipxray.detection.enriched import ENRICHED, Enrichment
from ipxray.detection.indicators import Indicator
from ipxray.detection.lint import FUNCTIONS, Fault
from ipxray.detection.rows import TABLES, Evidence, Finding
from ipxray.detection.rules import SEVERITIES, Rule, Rules, Technique, load_rules, shipped_techniques

__all__ = [
    "ENRICHED", "FUNCTIONS", "SEVERITIES", "TABLES", "DuckDb", "Engine", "Enrichment", "Evidence", "Fault", "Finding",
    "Findings", "Indicator", "Rule", "Rules", "Technique", "detect", "load_rules", "shipped_techniques",
]  # fmt: skip
