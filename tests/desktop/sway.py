"""A throw-away Wayland desktop: sway without a screen, and a bus."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from tests.desktop.bus import Bus, listens
from tests.desktop.children import Children
from tests.desktop.desk import private_env
from tests.waiting import wait_until

UNPRIVILEGED = "nobody"
"""The account sway runs as when the tests run as root, which it refuses. It must exist: a bus asks for its name."""
CONFIG = "output HEADLESS-1 resolution 1280x800\nxwayland {xwayland}\n"
BACKEND = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}


class Sway:
    """A running sway. `env` is what a Wayland program needs to be on it; root may connect to its socket too."""

    def __init__(self, *, xwayland: bool = False) -> None:
        """Start it and return when it answers; with `xwayland`, `env` has a DISPLAY as well."""
        self.children = Children(pwd.getpwnam(UNPRIVILEGED).pw_uid if os.geteuid() == 0 else None)
        with self.children.stopped_on_error():
            self.env = {**private_env(self.children.folder), **BACKEND, "XDG_SESSION_TYPE": "wayland"}
            self.env["XDG_CURRENT_DESKTOP"] = "sway"
            self._give_away()
            runtime = Path(self.env["XDG_RUNTIME_DIR"])
            self.bus = Bus(self.children, runtime, self.env)
            self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.address
            self._start(runtime, xwayland)

    def swaymsg(self, *arguments: str) -> str:
        """Send sway a command and return its answer (JSON). Raises CalledProcessError when sway refuses."""
        return subprocess.run(
            ["swaymsg", "-r", *arguments], env=self.env, capture_output=True, text=True, check=True, timeout=10
        ).stdout

    def killed_and_started_again(self) -> dict[str, str]:
        """Kills sway and starts another, whose variables are returned; those of the first stay in `env`."""
        self.kill(signal.SIGKILL)
        return self.begin()

    def kill(self, how: signal.Signals) -> None:
        """Ends sway, and with it whatever cannot be without it."""
        os.killpg(self._process.pid, how)
        self._process.wait(10)
        self.children.running.remove(self._process)

    def begin(self) -> dict[str, str]:
        """Starts it once more; returns its variables, while `env` keeps those of the one before."""
        runtime = Path(self.env["XDG_RUNTIME_DIR"])
        other = {name: value for name, value in self.env.items() if name not in ("SWAYSOCK", "WAYLAND_DISPLAY")}
        self._process = self.children.start(["sway", "-c", str(self.children.folder / "sway.conf")], other)
        there = {"SWAYSOCK": str(listening(runtime, "sway-ipc.*.sock"))}
        return {**other, **there, "WAYLAND_DISPLAY": listening(runtime, "wayland-*[0-9]").name}

    def stop(self) -> None:
        """End sway and everything started on it."""
        self.children.stop()

    def _give_away(self) -> None:
        if self.children.uid is None:
            return
        for path in (self.children.folder, *self.children.folder.rglob("*")):
            shutil.chown(path, self.children.uid, self.children.uid)

    def _start(self, runtime: Path, xwayland: bool) -> None:
        config = self.children.folder / "sway.conf"
        config.write_text(CONFIG.format(xwayland="force" if xwayland else "disable"), "utf-8")
        self._process = self.children.start(["sway", "-c", str(config)], self.env)
        self.env["SWAYSOCK"] = str(listening(runtime, "sway-ipc.*.sock"))
        self.env["WAYLAND_DISPLAY"] = listening(runtime, "wayland-*[0-9]").name
        wait_until(lambda: "HEADLESS-1" in self.swaymsg("-t", "get_outputs"), 15, "an output")
        if xwayland:
            self.env["DISPLAY"] = self._display(runtime / "display")

    def _display(self, told: Path) -> str:
        # sway tells its display to its own children only, and Xwayland serves the user it runs as only.
        self.swaymsg("exec", f"xhost +local: && echo $DISPLAY > {told}")
        return wait_until(lambda: told.read_text("ascii").strip() if told.exists() else "", 15, "an X display")

    def move_pointer(self) -> None:
        """Move the pointer a little: input, as far as the compositor is concerned."""
        self.swaymsg("seat", "-", "cursor", "move", "3", "3")


def listening(folder: Path, pattern: str) -> Path:
    """The socket in `folder` named like `pattern`, once it takes connections."""
    return wait_until(lambda: [path for path in folder.glob(pattern) if listens(path)], 15, pattern)[0]
