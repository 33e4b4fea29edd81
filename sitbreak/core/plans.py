"""Plans outside the two minutes (spec 3.2): off by default, logged by the person, one rung back after a bad week.

A plan is a ladder of rungs, each held for some weeks. Rest positions are listed here too, but rest is not movement and
is never credited, so it has neither rungs nor a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sitbreak.core.frozen import frozen
from sitbreak.core.movements import Movement, Step
from sitbreak.core.text import Sentence

WEEK = timedelta(days=7)
# A week is bad when less than this share of what it asked for was logged. The trial behind the walking ladder left the
# pace to the person, so half is enough to go on.
GOOD_SHARE = 0.5


@frozen
class Rung:
    """What some weeks ask for: `amount` (in the plan's unit) on each of `times` days of the week."""

    weeks: int
    amount: int
    times: int
    level: str = "shown"


@frozen
class Plan:
    """A ladder. `unit` is what is logged: minutes, repetitions or sessions; `movements` what a session is made of."""

    name: str
    title: str
    meaning: str
    unit: str
    rungs: tuple[Rung, ...]
    source: str
    movements: tuple[str, ...] = ()

    @property
    def weeks(self) -> int:
        """How many weeks the ladder has when every week is good."""
        return sum(rung.weeks for rung in self.rungs)


@frozen
class RestPosition:
    """A way to lie down. Rest, not movement: never credited."""

    name: str
    text: str
    minutes: int = 20


@frozen
class PlanEntry:
    """What a person logged: on which logical day, and how much in the plan's unit."""

    day: date
    amount: float


@frozen
class Position:
    """Where someone stands: calendar week of the plan, ladder week, rung, what was logged this week, and last week."""

    week: int
    ladder_week: int
    rung: Rung
    done: float
    days_done: int
    went_back: bool
    complete: bool

    @property
    def target(self) -> int:
        """What this week asks for in all."""
        return self.rung.amount * self.rung.times


def _reps(*amounts: int) -> tuple[Rung, ...]:
    """Two weeks at each number of repetitions, three days a week."""
    return tuple(Rung(2, amount, 3) for amount in amounts)


# From 20 to 40 by way of 30; the steps between grow slowly.
_SMALL_STEPS = _reps(5, 8, 10, 12, 15, 18, 20, 23, 26, 30, 33, 36, 40)

LEVEL_NAMES = {"easier": Sentence("easier"), "shown": Sentence("shown"), "harder": Sentence("harder")}

PLANS = (
    Plan(
        "walking",
        Sentence("Walking ladder"),
        Sentence("Walks of 10 minutes three times a week, growing to 30 minutes five times a week by week 26."),
        "minutes",
        (
            Rung(2, 10, 3),
            Rung(2, 12, 4),
            Rung(4, 15, 4),
            Rung(2, 20, 5),
            Rung(2, 25, 5),
            Rung(7, 26, 5),
            Rung(6, 28, 5),
            Rung(1, 30, 5),
        ),
        Sentence("WalkBack, Pocovi 2024, Lancet 404:134 (walking, built up gradually)"),
    ),
    Plan(
        "push-ups",
        Sentence("Push-ups"),
        Sentence(
            "To 20, then 30, then 40 in small steps, at the wall, a table or the floor, spread over the day "
            "as you like."
        ),
        "repetitions",
        _SMALL_STEPS,
        Sentence("An article on stretches, push-ups and squats"),
    ),
    Plan(
        "squats",
        Sentence("Squats"),
        Sentence("To 20, then 30, then 40 in small steps, with a chair behind you if you like."),
        "repetitions",
        _SMALL_STEPS,
        Sentence("An article on stretches, push-ups and squats"),
    ),
    Plan(
        "patterns",
        Sentence("Movement patterns at home"),
        Sentence("Twelve weeks of rolling, crawling, kneeling and squatting, three times a week, easier to harder."),
        "sessions",
        (Rung(4, 1, 3, "easier"), Rung(4, 1, 3, "shown"), Rung(4, 1, 3, "harder")),
        Sentence("An article on movement patterns; Motum, a small supervised pilot"),
        (
            "pattern-roll",
            "pattern-rockback",
            "pattern-crawl",
            "pattern-birddog",
            "pattern-kneelstand",
            "pattern-deepsit",
            "str-bridge",
        ),
    ),
)

# More than this in one entry is a slip of the hand.
MOST = {"minutes": 600, "repetitions": 1000, "sessions": 10}

REST = (
    RestPosition("stool", Sentence("Lie on your back with both lower legs on a stool or a chair seat.")),
    RestPosition(
        "one-leg", Sentence("Lie on your back with one lower leg on a stool, the other bent; change sides halfway.")
    ),
)
REST_MOST = 60  # minutes; whoever lies longer has fallen asleep
REST_NOTE = Sentence("Rest, not movement: it is not counted.")


def resting(where: RestPosition, minutes: float) -> Movement:
    """A rest position as the window shows it: `minutes` long, in two halves where the side changes halfway."""
    half = round(minutes * 30)
    lie = Sentence("lie on your back with both lower legs on a stool or a chair seat, and let the breath go")
    one = Sentence("lie on your back with one lower leg on a stool, the other leg bent")
    steps = {
        "stool": (Step(2 * half, lie),),
        "one-leg": (Step(half, one), Step(half, Sentence("change sides slowly: the other lower leg on the stool"))),
    }[where.name]
    return Movement(
        f"rest-{where.name}", Sentence("Lying at rest"), ("whole body",), "mobility", "home", True, "", "", steps,
        cautions=("floor",),
    )  # fmt: skip


def plan(name: str) -> Plan | None:
    """The plan with this name, or None."""
    return next((each for each in PLANS if each.name == name), None)


def position(ladder: Plan, started: date, log: Sequence[PlanEntry], today: date) -> Position:
    """Where someone stands on `today`, in weeks of seven days from the day they started.

    After a good week the ladder goes on by a week; after a bad one it goes back to the start of the rung below. Weeks
    that are not over yet decide nothing. On the top rung good weeks stay there.
    """
    weeks_over = max(0, (today - started).days // 7)
    step, went_back = 1, False
    for week in range(weeks_over):
        asked = rung_of(ladder, step)
        good = _logged(log, started + week * WEEK) >= GOOD_SHARE * asked.amount * asked.times
        step = step + 1 if good else _rung_below(ladder, step)
        went_back = not good
    begin = started + weeks_over * WEEK
    here = [each for each in log if begin <= each.day < begin + WEEK]
    return Position(
        week=weeks_over + 1,
        ladder_week=min(step, ladder.weeks),
        rung=rung_of(ladder, step),
        done=sum(each.amount for each in here),
        days_done=len({each.day for each in here}),
        went_back=went_back,
        complete=step > ladder.weeks,
    )


def rung_of(ladder: Plan, week: int) -> Rung:
    """The rung of a week on the ladder (from 1); past the end the last one."""
    return ladder.rungs[_number(ladder, week)]


def _number(ladder: Plan, week: int) -> int:
    left = week
    for number, each in enumerate(ladder.rungs):
        left -= each.weeks
        if left <= 0:
            return number
    return len(ladder.rungs) - 1


def _rung_below(ladder: Plan, week: int) -> int:
    """The first ladder week of the rung below the one `week` is on; of the lowest rung itself."""
    number = max(0, _number(ladder, week) - 1)
    return 1 + sum(each.weeks for each in ladder.rungs[:number])


def _logged(log: Sequence[PlanEntry], begin: date) -> float:
    return sum(each.amount for each in log if begin <= each.day < begin + WEEK)


def short_line(ladder: Plan, here: Position) -> str:
    """One sentence about this week, such as "Walking ladder, week 3: 12 min, 2 of 4 this week."."""
    minutes = Sentence("{minutes} min", minutes=here.rung.amount)
    amount = {"minutes": minutes, "sessions": LEVEL_NAMES[here.rung.level]}.get(ladder.unit, f"{here.rung.amount}")
    return Sentence(
        "{plan}, week {week}: {amount}, {done} of {times} this week.",
        plan=ladder.title,
        week=here.week,
        amount=amount,
        done=here.days_done,
        times=here.rung.times,
    )
