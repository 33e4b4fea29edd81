"""sitbreak: finds a good moment to get out of the chair, and keeps honest books about it."""

__version__ = "0.1.0"
