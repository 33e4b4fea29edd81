"""The windows beside the break: Today, settings, the first one, and the report in the browser."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from sitbreak.adapters.memory_saving import give_back
from sitbreak.adapters.running_programs import programs_of
from sitbreak.core.machine import Machine
from sitbreak.core.movements import Movement
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words
from sitbreak.daemon.backends import what_works
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.history_aside import Aside
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.daemon.presenter import Presenter
from sitbreak.daemon.report_page import open_report
from sitbreak.daemon.settings_changes import SettingsChanges
from sitbreak.language import N_, _, paragraph, sentence
from sitbreak.ports import BreakWindow, History, WindowFailed
from sitbreak.settings.installation import apart, self_command
from sitbreak.settings.load import Loaded
from sitbreak.settings.model import GOAL, Settings

log = logging.getLogger(__name__)

MOST_APPS = 300  # names in the list
OPENING = "opening"  # its place in the snapshot
THE_WAY = N_("The ring fills while you sit, and a click on it shows your day. Nothing else happens until a reminder.")


class Panel:
    """Opens them, or puts it in a notification where `window` is None.

    `apply` is told of new settings, `measure` begins a baseline; `plans` knows the plans under way; `aside` reads
    days gone by. `answer` takes what is asked for as over the control socket.
    """

    answer: Callable[[Mapping[str, object]], Mapping[str, object]]

    def __init__(
        self,
        window: BreakWindow | None,
        presenter: Presenter,
        today: Today,
        settings_file: Path,
        loaded: Loaded,
        apply: Callable[[Settings], None],
        measure: Callable[[], None],
        plans: PlanBooks,
        starts_at_login: Callable[[bool], bool] = bool,
        aside: Aside | None = None,
        run: Callable[..., None] | None = None,
        open_report: Callable[[Callable[[str], None]], object] = open_report,
    ) -> None:
        """`run` starts a command of ours in a process of its own."""
        self._window = window
        self._run = command if run is None else run
        self._presenter = presenter
        self._stage = presenter.stage
        self._today = today
        self._file = settings_file
        self.settings = SettingsChanges(settings_file, loaded, apply, self._wish, self._tell, presenter.tell)
        self._measure = measure
        self._plans = plans
        self._starts_at_login = starts_at_login
        self._open_report = open_report
        self._aside = aside
        self._looked_at: tuple[str, str] = ("day", "")
        self._looks = 0
        self._welcoming = False
        self.shows_status = False  # whether Today is open
        self._reopen = ""

    # -- Today

    def status(self, machine: Machine, at: Instant) -> None:
        """Opens Today, or says the same in a notification."""
        now = machine.status(at)
        confirmed, goal = self._today.figures()
        told = (
            words.sitting(now),
            paragraph(*map(sentence, (words.why(now), words.today(confirmed, goal, now.seated_mode)))),
        )
        request = {**self._status(machine, at), "icon": self._presenter.channels.tray.place or ()}
        self._open("Today", request, *told)
        self._presenter.make_room()

    def _open(self, name: str, request: Mapping[str, object], title: str, instead: str) -> None:
        """Opens a window; where there is none, or it does not open, a notice says `instead`."""
        window = self._window

        def show() -> None:
            if window is None:
                self._presenter.tell(title, instead)
                return
            try:
                window.open(request)
                self.shows_status = request["kind"] == "status"  # one that was asked for before may have failed
            except WindowFailed as failure:
                log.warning("%s did not open: %s", name, failure)
                self.shows_status = self._welcoming = False
                self._presenter.tell(title, instead)

        self._stage.do(name, show)

    def _status(self, machine: Machine, at: Instant) -> dict[str, object]:
        from sitbreak.daemon import window_contents

        now = machine.status(at)
        confirmed, goal = self._today.figures()
        entries = self._presenter.entries(now)
        shown = now, confirmed, goal, entries, self.settings.now, self._presenter.on_card
        request = asdict(window_contents.status_request(*shown))
        beside = self._today.sitting, self._plans.line(self.settings.now)
        return {**request, "note": paragraph(str(request["note"]), *beside)}

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Keeps an open Today window true, and notices a changed settings file."""
        if self.shows_status:
            self._tell({"do": "status", "status": self._status(machine, at)})
        self.settings.look()

    def said(self, message: Mapping[str, object], at: Instant) -> str:
        """What such a window says; returns the key of a command, or nothing."""
        match message.get("event"):
            case "chosen":
                return str(message.get("key", ""))
            case "closed" | "gone":
                self.shows_status = False
                self._stage.do(N_("the windows"), give_back)  # a month's figures are some MB
                self._show_the_way()
            case "look":
                self._looked_at = str(message.get("scope", "day")), str(message.get("day", ""))
                self._show_days(at)
            case "correct":
                self._rewrite({"do": "correct", **{name: message.get(name) for name in ("from", "to", "class")}}, at)
            case "take_back":
                self._rewrite({"do": "take_back", **{name: message.get(name) for name in ("start", "at")}}, at)
            case "welcome":
                self._welcomed(message.get("choices"))
            case "set" | "reset":
                self.settings.change(message)
            case "apps":
                self._tell_apps(str(message.get("key", "")))
            case "restart":
                self._reopen = "settings"
                self._run("restart")
            case "try":
                self._run("movements", "try", str(message.get("movement", "")))
            case "preset":
                self.settings.preset(str(message.get("name", "")))
            case "forget":
                self._note_reply(self.answer({"do": "forget", "before": message.get("before", "")}))
            case "devices":
                self._note_reply(self.answer({**message, "do": "devices"}))
                self._tell_devices()
            case "plan":
                told = self._plans.do(message, self.answer)
                self._tell(self._plans.request(self.settings.now, told))
        return ""

    def _show_days(self, at: Instant) -> None:
        """Tells the window of what it looks at, once that is read; an answer that was overtaken is dropped."""
        if self._aside is None:
            return
        self._looks += 1
        number = self._looks

        def tell(message: Mapping[str, object]) -> None:
            if number == self._looks:
                self._tell(message)

        look = partial(_look_back, self._today.settings, self._presenter.movements, *self._looked_at, at)
        self._aside.read(N_("the days gone by"), look, tell, lambda why: tell({"do": "noted", "text": why}))

    def _rewrite(self, request: Mapping[str, object], at: Instant) -> None:
        """Something else is said of the past; the window is told what came of it, and shows the day anew."""
        reply = self.answer(request)
        self._note_reply(reply)
        if "error" not in reply:
            self._show_days(at)

    def _note_reply(self, reply: Mapping[str, object]) -> None:
        self._tell({"do": "noted", "text": str(reply.get("error", reply.get("ok", "")))})

    # -- the first start

    def welcome(self) -> None:
        """Opens the first window: what it sees, and a few choices; where there is none, a notice says where to look."""
        from sitbreak.daemon import window_contents

        self._welcoming = self._window is not None
        request = asdict(window_contents.welcome_request(self._as_it_is().settings))
        self._open(N_("the first window"), request, _("sitbreak is in your tray"), _elsewhere("help"))

    def remembered(self) -> dict[str, object]:
        """What goes into the snapshot: the window that the next start opens, as the first one until it was left."""
        return {OPENING: "welcome" if self._welcoming else self._reopen}

    def _show_the_way(self) -> None:
        """After the first window: where the program went, if it can be seen anywhere."""
        welcoming, self._welcoming = self._welcoming, False
        if welcoming and self._presenter.has_tray:
            self._presenter.tell(_("I live here, in the tray"), _(THE_WAY))

    def _welcomed(self, choices: object) -> None:
        """Does what was chosen at the first start."""
        if not isinstance(choices, Mapping):
            return
        keys = {"places": "movements.places", "seated_mode": "movements.seated_mode", "goal_min": GOAL}
        keys["standing_desk"] = "day.standing_desk"
        changed = {key: choices[name] for name, key in keys.items() if name in choices}
        problem = self.settings.set(changed)
        if problem:
            self._presenter.tell(_("A choice was not kept"), problem)
        if choices.get("begin") == "measure":
            self._measure()
        if choices.get("autostart"):
            self._run("autostart", "on")

    # -- settings

    def settings_window(self) -> None:
        """Opens the settings, or says where they are."""
        from sitbreak.daemon import window_contents

        found = self.answer({"do": "doctor"}).get("backends")
        pace = str(found.get("prompts from", "")) if isinstance(found, Mapping) else ""
        loaded, waiting = self._as_it_is(), self.settings.waiting
        request = asdict(window_contents.settings_request(loaded, self._file, waiting, pace))
        instead = _("They are in {file}.", file=self._file)
        self._open(N_("the settings window"), request, _("Settings"), paragraph(instead, _elsewhere("config")))
        self._tell_devices()

    def _tell_devices(self) -> None:
        """The person's computers that share a folder, for the settings window."""
        if found := self.answer({"do": "devices", "verb": "list"}).get("devices"):
            self._tell({"do": "devices", "devices": found})

    def _as_it_is(self) -> Loaded:
        """The settings, with what is true: the goal chosen last, and the entry that starts it at login."""
        settings, goal = self.settings.now, round(self._today.figures()[1])
        settings = replace(settings, day=replace(settings.day, goal_minutes=goal))
        general = replace(settings.general, autostart=self._starts_at_login(settings.general.autostart))
        return replace(self.settings.loaded, settings=replace(settings, general=general))

    def _wish(self, minutes: int) -> None:
        """A goal that was set, unless it holds already."""
        if minutes != round(self._today.figures()[1]):
            self.goal(str(minutes))

    def _tell(self, message: Mapping[str, object]) -> None:
        window = self._window
        if window is not None:
            self._stage.do(N_("the windows"), lambda: window.tell(message))

    def _tell_apps(self, key: str) -> None:
        """The names of the programs that run, for the settings window to choose from; read on the stage."""
        window = self._window

        def tell() -> None:
            programs = programs_of(sys.platform)
            names = programs() if programs is not None else set()
            if window is not None:
                window.tell({"do": "apps", "key": key, "names": sorted(names, key=str.casefold)[:MOST_APPS]})

        self._stage.do(N_("the windows"), tell)

    def never_again(self, movement: str) -> None:
        """Turns a movement off; the settings window and `sitbreak movements on` bring it back."""
        off = self.settings.now.movements.off
        known = any(each.id == movement for each in self._presenter.movements)
        if known and movement not in off:
            problem = self.settings.set({"movements.off": [*off, movement]})
            if problem:
                self._presenter.tell(_("The movement was not turned off"), problem)

    def close(self) -> None:
        """Closes what is open; for the thread that closes the program."""
        if self._window is not None:
            self._window.close(at_once=True)

    # -- others

    def goal(self, minutes: str) -> None:
        """Sets the goal of a day, as `sitbreak goal set` does; what is refused is told."""
        reply = self.answer({"do": "goal", "minutes": int(minutes) if minutes.isdecimal() else minutes})
        if "error" in reply:
            self._presenter.tell(_("The goal is as it was"), str(reply["error"]))

    def summary(self) -> None:
        """Opens the report in the browser; where none opens it, says where it is, in Today and in a notice."""
        self._open_report(self._tell_of_report)

    def _tell_of_report(self, text: str) -> None:
        """Called on a thread of its own."""
        self._tell({"do": "noted", "text": text})
        self._presenter.tell(_("The report"), text)

    def movements(self) -> None:
        """Opens the gallery of movements, or says where they are."""
        from sitbreak.daemon import window_contents

        request = asdict(window_contents.movements_request(self._presenter.movements, self.settings.now))
        self._open(N_("the movements"), request, _("Movements"), _elsewhere("movements"))

    def plans(self) -> None:
        """Opens the plans, or says where they are."""
        self._open(N_("the plans"), self._plans.request(self.settings.now), _("Plans"), _elsewhere("plan"))

    def help(self) -> None:
        """Opens the help, or says where it is."""
        from sitbreak.daemon import window_contents

        first, found = (self.answer({"do": do}) for do in ("status", "doctor"))
        works = what_works(sentence(str(first.get("first_line", ""))), found.get("backends"))
        request = asdict(window_contents.help_request(self.settings.now, works))
        self._open(N_("the help"), request, _("Help"), _elsewhere("help"))


def _look_back(
    settings: Settings, movements: Sequence[Movement], scope: str, day: str, at: Instant, books: History
) -> Mapping[str, object]:
    """Days gone by. The review and its charts are loaded when a window asks for the first time."""
    from sitbreak.daemon.past_days import look
    from sitbreak.review.day import names_of

    return look(books, settings, names_of(movements), scope, day, at)


def _elsewhere(what: str) -> str:
    """Stands in for a window that cannot open: the one place where a notice names a command."""
    why = _("Its window needs Qt, which does not work here; `sitbreak doctor` says why.")
    return paragraph(why, _("`sitbreak {command}` does the same.", command=what))


def command(*words: str) -> None:
    """Starts a command of ours in a process of its own."""
    quiet = subprocess.DEVNULL
    subprocess.Popen(self_command(*words), stdin=quiet, stdout=quiet, stderr=quiet, **apart())
