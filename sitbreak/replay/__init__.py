"""Days told in lines: the event log, played through the very loop, machine and books that the daemon uses (spec 6)."""
