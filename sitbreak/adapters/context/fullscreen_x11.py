"""Full screen under X11: the active window has _NET_WM_STATE_FULLSCREEN. By PropertyNotify, so nothing is polled.

Of a window only its class is read, which names the app; never its title. Windows that do without the window manager
(a few old games) are not seen; under Wayland only programs that run on XWayland are. KWin and sway tell more, see
there; GNOME does not: tried on 43.9, `org.gnome.Shell.Introspect.GetWindows` answers AccessDenied,
`org.gnome.Shell.Eval` runs nothing, and Mutter has no other interface about windows.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.context.probe import PipeProbe
from sitbreak.adapters.xserver import opened
from sitbreak.core.events import Signal
from sitbreak.language import N_, _
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from Xlib.display import Display

LIMIT = N_(
    "On Wayland this way sees full screen only in programs that run on XWayland; GNOME tells nothing of the others."
)


def told_by_compositor(env: Env) -> bool:
    """Whether sway or KWin is asked instead: a look here would start XWayland, and keep it, for nothing."""
    told = env.variables
    return bool(told.get("WAYLAND_DISPLAY")) and (bool(told.get("SWAYSOCK")) or bool(env.desktops & {"sway", "kde"}))


class X11Fullscreen(PipeProbe):
    """Listens to the root window and to the active window."""

    NAME: ClassVar[str] = "fullscreen-x11"
    SIGNAL: ClassVar[Signal] = Signal.FULLSCREEN

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Wherever there is an X display; XWayland's only where the compositor does not tell of every window itself."""
        if reason := env.no_x11():
            return reason
        if told_by_compositor(env):
            return NotViable(_("The compositor tells of every window, those of X programs included."))
        try:
            import Xlib  # noqa: F401
        except ImportError:
            return NotViable(_("python-xlib is missing."), _("Install python-xlib."))
        if env.variables.get("WAYLAND_DISPLAY"):
            return Viable((_(LIMIT),))
        return Viable()

    def attempt(self) -> None:
        """Follows the active window."""
        with closing(opened(self.wiring.env.variables["DISPLAY"])) as display:
            follow = ActiveWindow(display)
            while not self.worker.ending.is_set():
                if follow.changed():
                    self.hold(follow.fullscreen())
                    self.worker.works()
                if not display.pending_events():
                    self.pipe.wait(display.fileno())


class ActiveWindow:
    """The active window of a display, followed from one to the next."""

    def __init__(self, display: Display) -> None:
        from Xlib import X

        self._display = display
        self._root = display.screen().root
        self._active_atom = display.intern_atom("_NET_ACTIVE_WINDOW")
        self._state_atom = display.intern_atom("_NET_WM_STATE")
        self._fullscreen_atom = display.intern_atom("_NET_WM_STATE_FULLSCREEN")
        self._window: Any = None
        self._first = True
        self._root.change_attributes(event_mask=X.PropertyChangeMask)

    def changed(self) -> bool:
        """Takes the pending events: whether another window is active, or the state of this one changed."""
        from Xlib import X

        news, self._first = self._first, False
        while self._display.pending_events():
            event = self._display.next_event()
            # A window manager may go on naming a window that is gone (openbox does), so its end is news as well.
            if event.type == X.DestroyNotify or getattr(event, "atom", None) in (self._active_atom, self._state_atom):
                news = True
        return news

    def fullscreen(self) -> list[str]:
        """The class of the active window if it is full screen, else nothing."""
        self._follow(self._active())
        state = self._read(self._window, self._state_atom) if self._window else ()
        return [self._app()] if self._fullscreen_atom in state else []

    def _active(self) -> int:
        found = self._read(self._root, self._active_atom)
        return int(found[0]) if len(found) else 0

    def _follow(self, number: int) -> None:
        from Xlib import X

        if self._window is not None and self._window.id == number:
            return
        self._listen(X.NoEventMask)
        self._window = self._display.create_resource_object("window", number) if number else None
        self._listen(X.PropertyChangeMask | X.StructureNotifyMask)

    def _listen(self, mask: int) -> None:
        """Chooses events of the window; it may be gone, which the server says later."""
        from Xlib.error import CatchError

        if self._window is not None:
            self._window.change_attributes(event_mask=mask, onerror=CatchError())

    def _app(self) -> str:
        from Xlib.error import XError

        try:
            found = self._window.get_wm_class()
        except XError:
            return ""
        return str(found[1]) if found else ""

    def _read(self, window: Any, atom: int) -> Any:
        """A property as a sequence of numbers; empty when it or its window is not there."""
        from Xlib import X
        from Xlib.error import XError

        try:
            found = window.get_full_property(atom, X.AnyPropertyType)
        except XError:
            return ()
        return found.value if found is not None else ()
