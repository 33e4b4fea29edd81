"""Context probes."""
