"""Starting at login: an entry that the desktop, systemd, launchd or Windows reads. Nothing is entered unasked."""

from sitbreak.adapters.autostart.choice import choose_entry, entries, is_on, mend, put, turn_off_all
from sitbreak.adapters.autostart.entry import AutostartEntry, AutostartFailed, program_command

__all__ = [
    "AutostartEntry",
    "AutostartFailed",
    "choose_entry",
    "entries",
    "is_on",
    "mend",
    "program_command",
    "put",
    "turn_off_all",
]
