"""A watch over a folder of rotated captures and one of IR.21 documents: each finding raised once, whatever happens."""

from ipxray.watch.corpus import CorpusWatch, Question
from ipxray.watch.judging import Judging
from ipxray.watch.loop import Judge, Settings, Watch
from ipxray.watch.metrics import MetricsServer
from ipxray.watch.outbox import Channel
from ipxray.watch.syslog import Syslog
from ipxray.watch.webhook import Webhook

__all__ = [
    "Channel", "CorpusWatch", "Judge", "Judging", "MetricsServer", "Question", "Settings", "Syslog", "Watch", "Webhook",
]  # fmt: skip
