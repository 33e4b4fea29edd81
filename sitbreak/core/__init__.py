"""The pure core: events and instants in, effects and records out. No I/O, no clock, no thread."""
