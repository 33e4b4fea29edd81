"""Do-not-disturb on GNOME and its kin: a setting that turns banners off, announced by dconf.

dconf's writer signals every change with its path, so `gsettings` (the reader that knows defaults and overrides) runs
once per change of this one setting.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sitbreak.adapters.bus import BusError
from sitbreak.adapters.context.busprobe import BusProbe
from sitbreak.adapters.context.probe import Wiring
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus


@dataclass(frozen=True, slots=True)
class DesktopSetting:
    """A setting, and the value that means do-not-disturb."""

    schema: str
    key: str
    quiet: str

    @property
    def path(self) -> str:
        """Where dconf keeps it."""
        return f"/{self.schema.replace('.', '/')}/{self.key}"


BANNERS = DesktopSetting("org.gnome.desktop.notifications", "show-banners", "false")
SETTINGS = {
    "gnome": BANNERS,
    "unity": BANNERS,
    "budgie": BANNERS,
    "x-cinnamon": DesktopSetting("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "mate": DesktopSetting("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}


def setting_of(env: Env) -> DesktopSetting | None:
    """The setting of the desktop that runs here."""
    names = env.variables.get("XDG_CURRENT_DESKTOP", "").casefold().split(":")
    return next((SETTINGS[name] for name in names if name in SETTINGS), None)


class GsettingsQuiet(BusProbe):
    """Reads the setting at the start and at each change."""

    NAME: ClassVar[str] = "dnd-gsettings"
    SIGNAL: ClassVar[Signal] = Signal.DND
    RULES = ("interface='ca.desrt.dconf.Writer',member='Notify'",)

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._setting = setting_of(wiring.env) or BANNERS

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On GNOME, Budgie, Cinnamon and MATE, with the gsettings program."""
        if env.platform != "linux" or setting_of(env) is None:
            return NotViable("This is not GNOME, Budgie, Cinnamon or MATE.")
        if shutil.which("gsettings", path=env.variables.get("PATH")) is None:
            return NotViable("The program gsettings is missing.", "Install libglib2.0-bin.")
        return Viable()

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """The desktop's setting, as a holder without a name."""
        return [""] if await self._value() == self._setting.quiet else []

    def concerns(self, message: Message) -> bool:
        """Whether dconf names our setting: by a path, or by a folder and keys within it."""
        prefix, keys = message.body[0], message.body[1]
        return any(self._setting.path.startswith(f"{prefix}{key}") for key in (keys or [""]))

    async def _value(self) -> str:
        quiet = asyncio.subprocess.DEVNULL
        argv = ("gsettings", "get", self._setting.schema, self._setting.key)
        try:
            child = await asyncio.create_subprocess_exec(
                *argv, stdin=quiet, stdout=asyncio.subprocess.PIPE, stderr=quiet, env=dict(self.wiring.env.variables)
            )
        except OSError as failure:
            raise BusError("", f"gsettings cannot be run: {failure}") from failure
        output, _none = await child.communicate()
        if child.returncode:
            raise BusError("", f"gsettings does not know {self._setting.schema}")
        return output.decode().strip()
