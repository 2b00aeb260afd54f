"""The dashboard: pages, JSON and CSV over assessment folders, for one person on one machine."""

from ipxray.dashboard.access import Keys
from ipxray.dashboard.app import application, guarded
from ipxray.dashboard.server import bound, run
from ipxray.dashboard.shelf import Assessment, Shelf
from ipxray.dashboard.state import Dashboard

__all__ = ["Assessment", "Dashboard", "Keys", "Shelf", "application", "bound", "guarded", "run"]
