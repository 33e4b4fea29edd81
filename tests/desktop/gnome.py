"""A throw-away GNOME: the real Shell without a screen, buses, and hands by Mutter's remote desktop."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

from dbus_fast import Variant

from sitbreak.adapters.bus import BusThread, call
from tests.desktop.bus import Bus, CallFailed
from tests.desktop.children import Children, end
from tests.desktop.desk import library, private_env
from tests.desktop.login import MOCK, SYSTEM_PYTHON, MockedSystemBus
from tests.waiting import wait_until

SHELL = "org.gnome.Shell"
REMOTE, REMOTE_PATH = "org.gnome.Mutter.RemoteDesktop", "/org/gnome/Mutter/RemoteDesktop"
SESSION = f"{REMOTE}.Session"
NOTIFICATIONS = "org.freedesktop.Notifications"
STARTABLE = ("org.gnome.Shell.Notifications", "org.gnome.ScreenSaver")
WIDTH, HEIGHT = 1280, 800
Q, LEFT = 16, 0x110  # evdev's numbers of a key and of the left mouse button

# The Shell tells nobody what it shows; an extension of ours says what a line of JavaScript is worth within it.
EYES, EYES_PATH = "io.github.sitbreak.Eyes", "/io/github/sitbreak/Eyes"
EYES_SAY = {"uuid": "eyes@tests", "name": "eyes", "description": "tells tests what is shown", "shell-version": ["43"]}
EYES_CODE = """
const { Gio } = imports.gi;
const Main = imports.ui.main;
const ASK = '<method name="Ask"><arg type="s" direction="in"/><arg type="s" direction="out"/></method>';
const NODE = `<node><interface name="{name}">${ASK}</interface></node>`;
let eyes = null;  // held, so that it is not collected
function place(actor) {  // near its upper edge, once it is laid out
    if (!actor?.mapped || !actor.has_allocation())
        return null;
    const [x, y] = actor.get_transformed_position();
    return [x + actor.width / 2, y + Math.min(actor.height / 2, 20)];
}
function enable() {
    imports.misc.ibusManager.IBusManager.prototype._spawn = () => {};  // its fork at times hangs
    Main.sessionMode.hasOverview = false;  // it starts with the desktop, not with the list of windows
    eyes = Gio.DBusExportedObject.wrapJSObject(NODE, { Ask: script => JSON.stringify(eval(script)) ?? 'null' });
    eyes.export(Gio.DBus.session, '{path}');
}
function init() {}
function disable() {}
""".replace("{name}", EYES).replace("{path}", EYES_PATH)

NOTE = "Main.messageTray._banner"


class Gnome:
    """A running GNOME Shell. `env` is what a Wayland program needs to be on it."""

    def __init__(self, *, xwayland: bool = False) -> None:
        """Start it and return when it answers, shows notifications, and can lock; with `xwayland`, X programs run."""
        self.children = Children()
        with self.children.stopped_on_error():
            self.login = MockedSystemBus()
            self.env = {**private_env(self.children.folder), **self.login.env}
            self.env |= {"XDG_SESSION_TYPE": "wayland", "XDG_CURRENT_DESKTOP": "GNOME", "GSETTINGS_BACKEND": "dconf"}
            self.env |= {"LIBGL_ALWAYS_SOFTWARE": "1", "XDG_SESSION_ID": "c1"}
            self._allow_locking()
            self.runtime = Path(self.env["XDG_RUNTIME_DIR"])
            self.bus = Bus(self.children, self.runtime, self.env, startable=STARTABLE)
            self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.address
            self._thread = BusThread({"session": self.bus.address})
            self._hands, self._xwayland = "", xwayland
            self.children.start([library("dconf-service")], self.env)
            self.bus.wait_for("ca.desrt.dconf")
            self._install_eyes()
            self.begin()

    def begin(self) -> None:
        """The Shell starts, and is ready on return."""
        # Its mark of a start that went wrong, for which it leaves extensions out.
        (self.runtime / "gnome-shell-disable-extensions").unlink(missing_ok=True)
        command = ["gnome-shell", "--headless", "--virtual-monitor", f"{WIDTH}x{HEIGHT}", "--wayland"]
        self.shell = self.children.start([*command, *([] if self._xwayland else ["--no-x11"])], self.env)
        self.bus.wait_for(SHELL, 30)
        self.bus.wait_for(NOTIFICATIONS, 30)
        self.env["WAYLAND_DISPLAY"] = "wayland-0"
        wait_until(self.looks, 30, "a Shell that has started up")
        self.ask("Main.messageTray.getSources().forEach(source => source.destroy())")  # that root is logged in
        if self._xwayland:
            for name in ("DISPLAY", "XAUTHORITY"):
                self.env[name] = self.ask(f"imports.gi.GLib.getenv('{name}')")
        self._hands = ""

    def kill(self) -> None:
        """The Shell dies."""
        end(self.shell)
        self.children.running.remove(self.shell)
        wait_until(lambda: not self.bus.owned(SHELL), what="the end of the Shell")

    def start(self, *command: str, extra_env: Mapping[str, str] | None = None) -> Popen[bytes]:
        """Start a program on this desktop; it ends with the desktop at the latest."""
        return self.children.start(command, {**self.env, **(extra_env or {})})

    def ask(self, script: str) -> Any:
        """What a line of JavaScript is worth within the Shell."""
        return json.loads(self.bus.call(SHELL, EYES_PATH, EYES, "Ask", "s", [script])[0])

    def looks(self) -> bool:
        """Whether it can be asked, and shows its desktop."""
        with suppress(CallFailed):
            return bool(self.ask("!Main.layoutManager._startingUp"))
        return False

    def type_key(self) -> None:
        """Presses the key q and lets it go."""
        for down in (True, False):
            self._hand("NotifyKeyboardKeycode", "ub", [Q, down])

    def point(self, x: float, y: float) -> None:
        """Moves the pointer there, in pixels."""
        for across, down in ((WIDTH, HEIGHT), (x - WIDTH + 1, y - HEIGHT + 1)):  # the upper left corner is a button
            self._hand("NotifyPointerMotionRelative", "dd", [float(across), float(down)])

    def click(self, x: float, y: float) -> None:
        """Clicks there with the left button."""
        self.point(x, y)
        for down in (True, False):
            self._hand("NotifyPointerButton", "ib", [LEFT, down])

    def turn_wheel(self) -> None:
        """Turns the wheel by one step."""
        self._hand("NotifyPointerAxisDiscrete", "ui", [0, 1])

    def buttons(self) -> dict[str, tuple[float, float]]:
        """The labels of the buttons that the note on show has now, and where they are."""
        listed = f"({NOTE}?._buttonBox?.get_children() ?? [])"
        told: list[Any] = self.ask(f"{listed}.map(button => [button.label, place(button)])")
        return {label: (place[0], place[1]) for label, place in told if place}

    def place_of(self, part: str = NOTE) -> tuple[float, float] | None:
        """Where the note on show can be pressed, or another part of the Shell; None while it is not there."""
        told = self.ask(f"place({part})")
        return (told[0], told[1]) if told else None

    def press(self, part: str) -> None:
        """Clicks on a part of the Shell, once it is there and has come to rest."""
        seen: list[tuple[float, float] | None] = []

        def rested() -> tuple[float, float] | None:
            seen.append(self.place_of(part))
            return seen[-1] if seen[-3:] == [seen[-1]] * 3 else None

        self.click(*(wait_until(rested, 20, part) or ()))

    def point_at_note(self) -> dict[str, tuple[float, float]]:
        """Waits for a note, moves the pointer onto it, and returns the buttons that come up then, once they rest."""
        seen: list[dict[str, tuple[float, float]]] = [{}]

        def rested() -> bool:
            seen.append(self.buttons())
            if not seen[-1] and (place := self.place_of()):
                self.point(100, 700)  # a note that came up under the pointer wants it to go and to come back
                self.point(*place)
            return bool(seen[-1]) and seen[-3:] == [seen[-1]] * 3

        wait_until(rested, 30, "a note with its buttons")
        return seen[-1]

    def windows(self) -> dict[str, bool]:
        """The titles of the windows, and which of them has the focus."""
        told = self.ask(
            "global.get_window_actors().map(each => [each.meta_window.title, each.meta_window.has_focus()])"
        )
        return dict(told)

    def stop(self) -> None:
        """End the Shell and everything started on it."""
        self._thread.close()
        self.children.stop()
        self.login.stop()

    def _hand(self, member: str, signature: str, body: Sequence[object]) -> None:
        if not self._hands:  # the session ends with the connection that began it, so it has one of its own
            (self._hands,) = self._kept(REMOTE_PATH, REMOTE, "CreateSession")
            self._kept(self._hands, SESSION, "Start")
        self._kept(self._hands, SESSION, member, signature, body)

    def _kept(self, path: str, interface: str, member: str, signature: str = "", body: Sequence[object] = ()) -> Any:
        async def asked() -> list[Any]:
            return await call(await self._thread.session(), REMOTE, path, interface, member, signature, body)

        return self._thread.run(asked(), 10.0)

    def _allow_locking(self) -> None:
        """The Shell locks only in a session of logind's, and where its own display manager could let people in."""
        self.login.add_session("c1", os.getuid())
        manager, path = "org.gnome.DisplayManager", "/org/gnome/DisplayManager/Manager"
        mock = [SYSTEM_PYTHON, "-m", "dbusmock", "--system", manager, path, f"{manager}.Manager"]
        self.login.children.start(mock, self.env)
        self.login.bus.wait_for(manager)
        version = [f"{manager}.Manager", {"Version": Variant("s", "43.0")}]
        self.login.bus.call(manager, path, MOCK, "AddProperties", "sa{sv}", version)

    def _install_eyes(self) -> None:
        folder = Path(self.env["XDG_DATA_HOME"]) / "gnome-shell/extensions" / str(EYES_SAY["uuid"])
        folder.mkdir(parents=True)
        (folder / "metadata.json").write_text(json.dumps(EYES_SAY), "utf-8")
        (folder / "extension.js").write_text(EYES_CODE, "utf-8")
        self.set("org.gnome.desktop.interface", "enable-animations", "false")
        self.enable()

    def enable(self, *extensions: str) -> None:
        """Turns these on, beside the one that tells what is shown."""
        self.set("org.gnome.shell", "enabled-extensions", str([EYES_SAY["uuid"], *extensions]))

    def set(self, schema: str, key: str, value: str) -> None:
        """Changes a setting, as the settings window does."""
        end_of = self.children.start(["gsettings", "set", schema, key, value], self.env)
        assert end_of.wait(20) == 0, self.children.last_words()
        self.children.running.remove(end_of)
