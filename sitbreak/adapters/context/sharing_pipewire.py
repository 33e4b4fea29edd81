"""Screen sharing on Wayland: on GNOME, Plasma and wlroots alike the picture travels through PipeWire.

A screen is shared while a video node that is no camera has an active link to somebody who takes its pictures. One
long-lived `pw-dump --monitor` tells of nodes and links as they come and go.

Tried on GNOME 43.9: `org.gnome.Mutter.ScreenCast` has a version and a way to begin, but lists no sessions, and
`org.gnome.Shell.Introspect` refuses strangers. `org.freedesktop.portal.ScreenCast` shows each app its own sessions.
Sharing under X11, and programs that copy the screen themselves (wf-recorder, grim), leave no trace to look for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from sitbreak.adapters.context.probe import PipeProbe
from sitbreak.adapters.context.worker import Lost
from sitbreak.core.events import Signal
from sitbreak.language import N_, _
from sitbreak.ports import Env, NotViable, Viable

SCREENS = frozenset({"Video/Source", "Stream/Output/Video"})
LIMIT = N_("Screen sharing is noticed only where it goes through PipeWire, as it does on Wayland.")
CHUNK = 65536
SYSTEM_FOLDER = "/run/pipewire"  # where one for the whole machine has its socket
# Plasma shows window previews in its task bar the same way.
PREVIEWERS = frozenset({"plasmashell", "kwin_wayland"})


class PipeWireSharing(PipeProbe):
    """Follows the graph of PipeWire."""

    NAME: ClassVar[str] = "sharing-pipewire"
    SIGNAL: ClassVar[Signal] = Signal.SHARING

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Linux with the program pw-dump."""
        if elsewhere := env.only_on("linux"):
            return elsewhere
        if shutil.which("pw-dump", path=env.variables.get("PATH")) is None:
            return NotViable(_("Screen sharing is not noticed: pw-dump is missing."), _("Install pipewire-bin."))
        return Viable((_(LIMIT),))

    def attempt(self) -> None:
        """Reads what pw-dump tells until it ends or we do."""
        if not may_run(self.wiring.env.variables):
            raise Lost(_("PipeWire does not run"))
        with subprocess.Popen(
            ["pw-dump", "--monitor", "--no-colors"],
            env=dict(self.wiring.env.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as teller:
            try:
                self._follow(teller)
            finally:
                teller.kill()

    def _follow(self, teller: subprocess.Popen[bytes]) -> None:
        assert teller.stdout is not None  # it is a pipe
        graph, lines = Graph(), Lines()
        while not self.worker.ending.is_set():
            if not self.pipe.wait(teller.stdout.fileno()):
                continue
            told = os.read(teller.stdout.fileno(), CHUNK)
            if not told:
                raise Lost(_("PipeWire does not answer"))
            for change in lines.complete(told):
                graph.take(change)
                self.hold(graph.takers())
                self.worker.works()


def may_run(variables: Mapping[str, str]) -> bool:
    """Whether PipeWire has a socket somewhere: looking costs nothing, asking in vain a process, once a minute."""
    folders = filter(None, (variables.get("PIPEWIRE_RUNTIME_DIR"), variables.get("XDG_RUNTIME_DIR"), SYSTEM_FOLDER))
    return "PIPEWIRE_REMOTE" in variables or any(any(Path(each).glob("pipewire-*")) for each in folders)


class Lines:
    """Cuts what pw-dump writes into its lists: each begins with the line "[" and ends with the line "]"."""

    def __init__(self) -> None:
        self._rest = b""

    def complete(self, told: bytes) -> Iterator[list[Mapping[str, Any]]]:
        """The lists that are complete with these bytes. Raises ValueError for what is no list."""
        self._rest += told
        while (end := self._rest.find(b"\n]\n")) >= 0:
            text, self._rest = self._rest[: end + 3], self._rest[end + 3 :]
            yield json.loads(text)


class Graph:
    """The nodes that show a screen, those who may look, and the links between them."""

    def __init__(self) -> None:
        self._screens: set[int] = set()
        self._names: dict[int, str] = {}
        self._links: dict[int, tuple[int, int]] = {}

    def take(self, change: Iterable[Mapping[str, Any]]) -> None:
        """Takes in what came, changed or went."""
        for thing in change:
            number, kind, info = int(thing["id"]), str(thing.get("type", "")), thing.get("info")
            if info is None:
                self._forget(number)
            elif kind.endswith(":Node"):
                self._node(number, info.get("props") or {})
            elif kind.endswith(":Link"):
                self._link(number, info)

    def takers(self) -> list[str]:
        """The apps that take pictures of a screen."""
        found = (self._names.get(taker, "") for screen, taker in self._links.values() if screen in self._screens)
        return sorted(name for name in set(found) if name not in PREVIEWERS)

    def _node(self, number: int, properties: Mapping[str, Any]) -> None:
        camera = "device.api" in properties or "device.id" in properties
        if properties.get("media.class") in SCREENS and not camera:
            self._screens.add(number)
        names = (properties.get(key) for key in ("application.name", "application.process.binary", "node.name"))
        self._names[number] = str(next((name for name in names if name), ""))

    def _link(self, number: int, info: Mapping[str, Any]) -> None:
        if info.get("state") == "active":
            self._links[number] = (int(info["output-node-id"]), int(info["input-node-id"]))
        else:
            self._links.pop(number, None)

    def _forget(self, number: int) -> None:
        self._screens.discard(number)
        self._names.pop(number, None)
        self._links.pop(number, None)
