"""Who abused the interconnect, and whether it came the way its sender declares: enrichment, rules as data, findings."""

from ipxray.detection.enriched import ENRICHED, Enrichment

__all__ = ["ENRICHED", "Enrichment"]
