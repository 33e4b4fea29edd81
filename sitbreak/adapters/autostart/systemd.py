"""A systemd user unit, started with the graphical session and again after a crash."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.autostart.desktop_entry import config_home
from sitbreak.adapters.autostart.entry import AutostartFailed, check, read_file, remove_file, systemd_exec, write_file
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.files import make_parents

UNIT = "sitbreak.service"
TEXT = """\
[Unit]
Description=sitbreak, a good moment to get out of the chair
Documentation=man:sitbreak(1)
PartOf=graphical-session.target
After=graphical-session.target
# Five failures within ten minutes are not going to mend themselves.
StartLimitIntervalSec=600
StartLimitBurst=5

[Service]
Type=simple
ExecStart={command}
# A crash (status 70, or a signal) is started again; an answer is not.
Restart=on-failure
# 1: it is running already. 2: the settings or arguments are wrong. Starting again would change neither.
RestartPreventExitStatus=1 2
RestartSec=5
# From 5 s to 2 min in five steps, where systemd is 254 or newer; older ones warn and wait 5 s.
RestartSteps=5
RestartMaxDelaySec=120
TimeoutStopSec=10
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes

[Install]
WantedBy=graphical-session.target
"""


class SystemdUnit:
    """Implements Entry. Enabled by the link that `systemctl --user enable` would make; read at the next login."""

    NAME: ClassVar[str] = "systemd"

    def __init__(self, env: Env) -> None:
        folder = config_home(env.variables) / "systemd" / "user"
        self.path = folder / UNIT
        self.link = folder / "graphical-session.target.wants" / UNIT

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works where systemd runs the machine (sd_booted(3): this folder is there)."""
        if env.platform != "linux" or not Path("/run/systemd/system").is_dir():
            return NotViable(_("systemd does not run this system."), _("Use the desktop entry."))
        return Viable((_("it starts only on desktops that reach graphical-session.target (GNOME and Plasma do)"),))

    @property
    def where(self) -> str:
        """The unit file."""
        return str(self.path)

    def command(self) -> str | None:
        """The ExecStart line; None when there is no unit or it is not enabled."""
        text = read_file(self.path) if self.link.is_symlink() or self.link.exists() else None
        lines = (line for line in (text or "").splitlines() if line.startswith("ExecStart="))
        return next((line.partition("=")[2].strip() for line in lines), None)

    def written(self, command: Sequence[str]) -> str:
        """The ExecStart line."""
        return systemd_exec(command)

    def turn_on(self, command: Sequence[str]) -> None:
        """Writes and enables the unit. Raises AutostartFailed."""
        check(command)
        if self.command() == self.written(command):
            return
        write_file(self.path, TEXT.format(command=self.written(command)))
        if self.link.is_symlink():
            return
        try:
            make_parents(self.link)
            self.link.symlink_to(self.path)
        except OSError as error:
            raise AutostartFailed(_("The unit could not be enabled ({error}); it is off.", error=error)) from error

    def turn_off(self) -> None:
        """Removes the link, then the unit. Raises AutostartFailed."""
        remove_file(self.link)
        remove_file(self.path)
