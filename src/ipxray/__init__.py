"""ipxray: see who sits in the middle of mobile roaming."""

__version__ = "0.1.0"
__all__ = ["__version__"]
