"""Full screen on KWin (Plasma, X11 and Wayland): a small script in the compositor tells of the active window.

KWin has no signal about windows on D-Bus, but `org.kde.kwin.Scripting` runs a script, and a script may call us. Ours
sends whether the active window fills the screen and the class that names its app; never its title.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sitbreak.adapters.bus import BusError, call
from sitbreak.adapters.context.busprobe import BusProbe
from sitbreak.adapters.context.probe import Wiring
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

PATH = "/sitbreak/kwin"
INTERFACE = "org.sitbreak.KWin"
PLUGIN = "sitbreak-fullscreen"
SCRIPTING = "org.kde.kwin.Scripting"
# KWin 5 says activeClient and clientActivated, KWin 6 activeWindow and windowActivated.
SCRIPT = """
var followed = null;
function tell() {
    var full = followed !== null && followed.fullScreen;
    callDBus(%(name)s, %(path)s, %(interface)s, "Told", full, full ? String(followed.resourceClass) : "");
}
function follow(window) {
    if (followed !== null) { followed.fullScreenChanged.disconnect(tell); }
    followed = window ? window : null;
    if (followed !== null) { followed.fullScreenChanged.connect(tell); }
    tell();
}
var six = workspace.activeWindow !== undefined;
(six ? workspace.windowActivated : workspace.clientActivated).connect(follow);
(six ? workspace.windowRemoved : workspace.clientRemoved).connect(function (window) {
    if (window === followed) { followed = null; tell(); }
});
follow(six ? workspace.activeWindow : workspace.activeClient);
"""


class KWinFullscreen(BusProbe):
    """Puts the script into KWin, and again when KWin was restarted; takes it out at the end."""

    NAME: ClassVar[str] = "fullscreen-kwin"
    SIGNAL: ClassVar[Signal] = Signal.FULLSCREEN
    SERVICE: ClassVar[str] = "org.kde.KWin"

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._held: list[str] = []
        self._loaded = ""  # the connection of the KWin that has the script
        folder = wiring.env.variables.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        self._file = Path(folder, f"sitbreak-kwin-{os.getpid()}.js")

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """In a Plasma session; elsewhere KWin is not asked to run anything."""
        if "kde" not in env.desktops:
            return NotViable(_("This is not a Plasma session."))
        return super().viable(env)

    async def opened(self, bus: MessageBus) -> Sequence[Callable[[], None]]:
        """Listens for what the script tells, on a path of our own."""
        from dbus_fast import Message, MessageType

        def told(message: Message) -> Message | None:
            if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
                return None
            if message.interface != INTERFACE or message.signature != "bs":
                return None
            full, app = message.body
            self._held = [app] if full else []
            self.hold(self._held)
            return Message.new_method_return(message)

        bus.add_message_handler(told)
        self._loaded = ""
        return [lambda: bus.remove_message_handler(told), lambda: self._unload(bus)]

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """What the script told last; the script is put in first where it is not."""
        place = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        (owner,) = await call(bus, *place, "GetNameOwner", "s", [self.SERVICE])
        if owner != self._loaded:
            self._held = []
            await self._load(bus)
            self._loaded = owner
        return self._held

    async def _load(self, bus: MessageBus) -> None:
        """Has KWin run the script. One of ours left behind by a kill is taken out first."""
        words = {"name": bus.unique_name, "path": PATH, "interface": INTERFACE}
        text = SCRIPT % {key: json.dumps(word) for key, word in words.items()}
        await self._scripting(bus, "unloadScript", "s", [PLUGIN])
        self._write(text)
        (number,) = await self._scripting(bus, "loadScript", "ss", [str(self._file), PLUGIN])
        if number < 0:
            raise BusError("", _("KWin does not load the script"))
        await self._run(bus, number)

    async def _run(self, bus: MessageBus, number: int) -> None:
        """Runs a loaded script; its object moved between KWin 5 and 6."""
        try:
            await call(bus, self.SERVICE, f"/Scripting/Script{number}", "org.kde.kwin.Script", "run")
        except BusError:
            await call(bus, self.SERVICE, f"/{number}", "org.kde.kwin.Script", "run")

    async def _scripting(self, bus: MessageBus, member: str, signature: str, body: list[str]) -> list[int]:
        return await call(bus, self.SERVICE, "/Scripting", SCRIPTING, member, signature, body)

    def _write(self, text: str) -> None:
        """KWin reads the file when it runs the script, some time after it was asked to; so it stays until the end."""
        try:
            self._file.write_text(text)
        except OSError as failure:
            raise BusError("", _("the script cannot be written ({error})", error=failure.strerror)) from failure

    def _unload(self, bus: MessageBus) -> None:
        """Takes the script out, without waiting for an answer."""
        from dbus_fast import Message, MessageFlag

        self._file.unlink(missing_ok=True)
        if bus.connected and self._loaded:
            goodbye = Message(
                destination=self.SERVICE,
                path="/Scripting",
                interface=SCRIPTING,
                member="unloadScript",
                signature="s",
                body=[PLUGIN],
                flags=MessageFlag.NO_REPLY_EXPECTED | MessageFlag.NO_AUTOSTART,
            )
            bus.send(goodbye)
