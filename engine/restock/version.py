"""The version of engine and add-in."""

__version__ = "0.1.0"
