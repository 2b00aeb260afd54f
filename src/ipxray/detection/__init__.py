"""Who abused the interconnect, and whether it came the way its sender declares: enrichment, rules, findings."""

from ipxray.detection.detect import Findings, detect
from ipxray.detection.engine import DuckDb, Engine
from ipxray.detection.enriched import ENRICHED, Enrichment
from ipxray.detection.indicator_files import all_indicators, read_indicators, shipped_indicators
from ipxray.detection.indicators import Indicator
from ipxray.detection.lint import FUNCTIONS, Fault
from ipxray.detection.profile import learn, read_profile, write_profile
from ipxray.detection.references import ProfileRow
from ipxray.detection.rows import TABLES, Evidence, Finding
from ipxray.detection.rules import SEVERITIES, Rule, Rules, Technique, load_rules, shipped_techniques
from ipxray.detection.spark import spark_engine

__all__ = [
    "ENRICHED", "FUNCTIONS", "SEVERITIES", "TABLES", "DuckDb", "Engine", "Enrichment", "Evidence", "Fault", "Finding",
    "Findings", "Indicator", "ProfileRow", "Rule", "Rules", "Technique", "all_indicators", "detect", "learn",
    "load_rules", "read_indicators", "read_profile", "shipped_indicators", "shipped_techniques", "spark_engine",
    "write_profile",
]  # fmt: skip
