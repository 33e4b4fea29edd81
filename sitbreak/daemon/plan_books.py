"""The plans outside the two minutes, rest, walks and the usual days, as the Plans window shows and changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sitbreak.adapters import exercise_plans_store
from sitbreak.adapters.exercise_plans_store import UNITS, Kept, PlanRefused, PlansUnusable, here, read_plans, week_words
from sitbreak.adapters.history import HistoryDamaged, HistoryUnwritable
from sitbreak.core.plans import MOST, PLANS, REST, REST_NOTE, Plan, plan
from sitbreak.daemon.baseline_goal import Measured, baseline_standing
from sitbreak.language import _, comma_list, said
from sitbreak.review.dates import day_month
from sitbreak.settings.model import Settings
from sitbreak.settings.written_values import with_unit

if TYPE_CHECKING:
    from sitbreak.window import protocol

Ask = Callable[[Mapping[str, object]], Mapping[str, object]]
WALKING, GUIDED = "walking", "patterns"
LOGGED = 5  # entries that are named


class PlanBooks:
    """Reads the file of plans anew for each look, as the terminal writes it, too."""

    def __init__(
        self,
        file: Path,
        today: Callable[[], date],
        usual: Callable[[date], Measured | None],
        run: Callable[..., None],
    ) -> None:
        """`today`: the logical day; `usual`: the baseline; `run` starts a command of ours in a process of its own."""
        self._file = file
        self._today = today
        self._usual = usual
        self._run = run

    def line(self, settings: Settings) -> str:
        """A sentence for each plan that is running, for the Today window; none of them is for seated mode."""
        return "" if settings.movements.seated_mode else exercise_plans_store.plan_line(self._file, self._today())

    def request(self, settings: Settings, told: str = "") -> dict[str, object]:
        """The window; `told`: what came of what was asked last."""
        from sitbreak.daemon.window_contents import look
        from sitbreak.window import protocol

        today, usual, seated = self._today(), None, settings.movements.seated_mode
        try:
            kept = read_plans(self._file)
        except PlansUnusable as error:
            kept, told = {each.name: Kept() for each in PLANS}, str(error)
        try:
            usual = self._usual(today)
        except (HistoryDamaged, HistoryUnwritable) as error:
            told = str(error)
        shown = protocol.PlansRequest(
            () if seated else tuple(_message(each, kept[each.name], today) for each in PLANS),
            () if seated else tuple((each.name, said(each.text)) for each in REST),
            rest_note=said(REST_NOTE),
            usual=baseline_standing(usual),
            measured="no" if usual is None else "now" if usual.running else "yes",
            told=told,
            seated_mode=seated,
            look=look(settings),
        )
        return asdict(shown)

    def do(self, message: Mapping[str, object], ask: Ask) -> str:
        """Does what the window asks for; returns what came of it, or why it could not be done."""
        try:
            return self._do(message, self._today(), ask)
        except (PlanRefused, PlansUnusable) as error:
            return str(error)

    def _do(self, message: Mapping[str, object], today: date, ask: Ask) -> str:
        verb, minutes = message.get("verb"), message.get("amount")
        amount = float(minutes) if isinstance(minutes, int | float) else 0.0
        if verb == "rest":
            self._run("plan", "rest", f"{amount:g}", str(message.get("name")))
        elif verb == "guide":
            self._run("plan", "guide")
        elif verb == "walk":
            return _reply(ask({"do": "log_walk", "minutes": amount}))
        elif verb in ("measure", "redo", "stop_measuring"):
            meant = {"measure": "start", "stop_measuring": "stop"}.get(verb, verb)
            return _reply(ask({"do": "baseline", "verb": meant}), said=False)
        else:
            return self._change(str(verb), plan(str(message.get("name"))), today, amount, message.get("day"), ask)
        return ""

    def _change(self, verb: str, ladder: Plan | None, today: date, amount: float, day: object, ask: Ask) -> str:
        if ladder is None:
            return ""
        if verb == "start":
            exercise_plans_store.start(self._file, ladder, today)
        elif verb == "stop":
            exercise_plans_store.stop(self._file, ladder)
            return _("{plan}: stopped. What you logged is kept.", plan=said(ladder.title))
        elif verb == "take_back":
            entry = exercise_plans_store.take_back(self._file, ladder)
            return _("Taken back: {entry}.", entry=_entry(ladder, entry.day, entry.amount, today))
        elif verb == "log":
            when = today - timedelta(days=1) if day == "yesterday" else today
            exercise_plans_store.log(self._file, ladder, today, when, amount)
            if ladder.name == WALKING and when == today:
                return _reply(ask({"do": "log_walk", "minutes": amount, "source": WALKING}))
        return ""


def _message(ladder: Plan, kept: Kept, today: date) -> protocol.PlanMessage:
    now = here(ladder, kept, today)
    from sitbreak.window import protocol

    return protocol.PlanMessage(
        ladder.name,
        said(ladder.title),
        said(ladder.meaning),
        said(ladder.source),
        _(UNITS[ladder.unit]),
        most=MOST[ladder.unit],
        amount=now.rung.amount,
        running=kept.started is not None,
        told=week_words(ladder, now) if kept.started else "",
        logged=comma_list(_entry(ladder, each.day, each.amount, today) for each in kept.log[: -LOGGED - 1 : -1]),
        guided=ladder.name == GUIDED,
    )


def _entry(ladder: Plan, day: date, amount: float, today: date) -> str:
    """ "12 minutes today" """
    when = _("today") if day == today else _("yesterday") if day == today - timedelta(days=1) else day_month(day)
    return _("{amount} {when}", amount=with_unit(amount, ladder.unit), when=when)


def _reply(reply: Mapping[str, object], said: bool = True) -> str:
    """Why it was refused, or (where that is `said`) what was noted."""
    return str(reply.get("error", reply.get("ok", "") if said else ""))
