"""The movements of the two minutes, and the choice of the next one (spec 3.1). Deterministic in the past and a seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol
from zlib import crc32

from sitbreak.core.frozen import frozen
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import Instant

LEVELS = ("easier", "shown", "harder")
# Slow increments: the next level is offered after four weeks, never imposed (spec 3.1).
STAY = timedelta(weeks=4)


def offered_level(done: Sequence[tuple[Instant, str]]) -> str | None:
    """The next level of a movement, done at these moments on these levels, oldest first; None while it is to stay.

    It is offered once the present level was done for four weeks, from the first to the last time by the wall clock: the
    steady one begins anew with each boot.
    """
    if not done:
        return None
    last, level = done[-1]
    run = len(done) - 1
    while run > 0 and done[run - 1][1] == level:
        run -= 1
    if last.utc - done[run][0].utc < STAY or level == LEVELS[-1]:
        return None
    return LEVELS[LEVELS.index(level) + 1]


def areas_served(
    catalogue: Sequence[Movement], done: Sequence[tuple[str, date]], first: date, last: date
) -> Mapping[str, int]:
    """How often each body area was served on the logical days first to last, both included, areas not served too.

    `done` pairs the id of a movement with the logical day it was done on; unknown ids are passed over.
    """
    known = {each.id: each.areas for each in catalogue}
    counts = dict.fromkeys(AREAS, 0)
    for movement, day in done:
        if first <= day <= last:
            for area in known.get(movement, ()):
                counts[area] = counts.get(area, 0) + 1
    return counts


PLACES = ("office", "quiet", "home")
TYPES = ("walk", "pattern", "mobility", "dynamic stretch", "static stretch", "strength", "pandiculation")
AREAS = ("whole body", "neck", "shoulders", "back", "trunk", "hips", "thighs", "calves")
LENGTH_SECONDS = 120

# Caution keys and what is shown for each (spec 3.3).
CAUTIONS = {
    "floor": Sentence("You need to be able to get up unaided."),
    "balance": Sentence("Hold something fixed."),
    "knee": Sentence("Bend less if your knees ask for it."),
    "wrist": Sentence("Press less if your wrists are sore."),
    "shoulder": Sentence("Keep your arms lower if your shoulders are sore."),
    "load": Sentence("No weights, few and slow."),
    "dizzy": Sentence("Stop and sit if you feel dizzy."),
    "nerve": Sentence("A mild pull only; stop if it tingles."),
    "neck": Sentence("Keep the range small."),
    "hip": Sentence("Keep the range small."),
    "stable chair": Sentence("A chair without castors."),
}
EVERYWHERE = Sentence("Make it smaller or skip it; stop on sharp or spreading pain.")

CALL_WALK = "walk-talk"  # offered only as "Walk this call", never prompted
FAVOURED = 2  # how much the waiting of a favourite counts
NOT_AGAIN = 5  # a movement does not come back before this many others


@frozen
class Step:
    """A part of the two minutes: how many seconds, and what to do."""

    seconds: int
    text: str


@frozen
class Movement:
    """One suggestion. `needs` are groups, one thing of each is needed; `source` is a line for people."""

    id: str
    title: str
    areas: tuple[str, ...]
    type: str
    place: str
    ends_sitting: bool
    easier: str
    harder: str
    steps: tuple[Step, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    seated_mode: bool = False
    cautions: tuple[str, ...] = ()
    source: str = ""
    own: bool = False

    @property
    def is_walk(self) -> bool:
        """Whether it counts among the walks."""
        return self.type == "walk"

    @property
    def warnings(self) -> tuple[str, ...]:
        """The cautions as sentences, each once."""
        return tuple(dict.fromkeys(CAUTIONS[key] for key in self.cautions))


# The shorter offer after "not now" asks for no more than this, where it fits.
SHORT_WALK = "walk-window"
# What is left when nothing else fits or the catalogue is empty, so that a prompt never fails for want of a movement.
PLAIN_WALK = Movement(
    "plain-walk",
    Sentence("A few steps"),
    ("whole body",),
    "walk",
    "office",
    True,
    Sentence("Just stand up"),
    Sentence("Go a little farther"),
    (
        Step(10, Sentence("stand up")),
        Step(100, Sentence("walk a few steps, wherever you like")),
        Step(10, Sentence("stand for two breaths")),
    ),
)
PLAIN_SEATED = Movement(
    "plain-seated",
    Sentence("Shift and breathe"),
    ("whole body",),
    "mobility",
    "office",
    False,
    Sentence("Move less"),
    Sentence("Move more"),
    (
        Step(10, Sentence("breathe out")),
        Step(100, Sentence("move whatever likes to move, slowly")),
        Step(10, Sentence("rest")),
    ),
    seated_mode=True,
)


@frozen
class Wishes:
    """What fits a person: places, things at hand, cautions to spare, movements turned off, and seated mode.

    `favourites` come more often where they fit.
    """

    places: frozenset[str] = frozenset({"office"})
    needs: frozenset[str] = frozenset({"chair", "desk", "wall", "door frame", "floor", "stairs", "low step"})
    go_easy_on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    seated_mode: bool = False
    favourites: frozenset[str] = frozenset()


class Past(Protocol):
    """A movement suggested or done before, and the level it was on (easier, shown, harder)."""

    @property
    def movement(self) -> str:
        """Its id."""
        ...

    @property
    def at(self) -> Instant:
        """When."""
        ...

    @property
    def level(self) -> str:
        """On which level."""
        ...


def promptable(movement: Movement, seated_mode: bool) -> bool:
    """Whether it may ever be prompted: upright ones, or in seated mode only those made for it."""
    if seated_mode:
        return movement.seated_mode
    return movement.ends_sitting and movement.id != CALL_WALK


def fits(movement: Movement, wishes: Wishes) -> bool:
    """Whether it may be prompted to a person with these wishes."""
    return (
        promptable(movement, wishes.seated_mode)
        and movement.place in wishes.places
        and all(wishes.needs.intersection(group) for group in movement.needs)
        and not wishes.go_easy_on.intersection(movement.cautions)
        and movement.id not in wishes.off
    )


def choose(catalogue: Sequence[Movement], past: Sequence[Past], wishes: Wishes, seed: int = 0) -> Movement:
    """The movement to suggest next; `past` oldest first.

    Every other one is a walk. Else it serves the body area that waited longest. Of several that do, it is the one that
    waited longest itself. A favourite's waiting, and its area's, counts double. None of the last five comes again,
    unless fewer than six fit. It never fails: wishes give way one by one.
    """
    pool = _pool(catalogue, wishes)
    known = {movement.id: movement for movement in catalogue}
    fresh = _fresh(pool, past)
    after_walk = bool(past) and past[-1].movement in known and known[past[-1].movement].is_walk
    wanted = [each for each in fresh if each.is_walk is not after_walk]
    candidates = wanted if wanted else fresh
    if not all(each.is_walk for each in candidates):
        done = [known[each.movement] for each in past if each.movement in known]
        candidates = _least_served(candidates, done, wishes.favourites)
    order = {each.movement: index for index, each in enumerate(past)}

    def waited(each: Movement) -> int:
        if each.id not in order:
            return FAVOURED * (len(past) + 1)  # longer than any favourite that the past holds
        return (len(past) - order[each.id]) * _weight(each, wishes.favourites)

    # Among those the past does not hold, the order changes from time to time, or some would never have their turn.
    turn = " ".join(each.movement for each in past[-NOT_AGAIN:])
    return min(candidates, key=lambda each: (-waited(each), _shuffled(turn + each.id, seed)))


def _pool(catalogue: Sequence[Movement], wishes: Wishes) -> list[Movement]:
    """What fits; where nothing does, what fits with fewer wishes. What a person must spare never gives way."""
    plain = PLAIN_SEATED if wishes.seated_mode else PLAIN_WALK
    spared = [
        each
        for each in catalogue
        if promptable(each, wishes.seated_mode) and not wishes.go_easy_on.intersection(each.cautions)
    ]
    simple = [each for each in spared if not each.needs and each.place == "office"]
    fitting = [each for each in spared if fits(each, wishes)]
    wanted = [each for each in simple if each.id not in wishes.off]
    return fitting or wanted or simple or [plain]


def _fresh(pool: Sequence[Movement], past: Sequence[Past]) -> list[Movement]:
    """The pool without the last five; without fewer when it would be empty."""
    for spared in range(NOT_AGAIN, -1, -1):
        recent = {each.movement for each in past[len(past) - min(spared, len(past)) :]}
        fresh = [each for each in pool if each.id not in recent]
        if fresh:
            return fresh
    return list(pool)


def _least_served(
    candidates: Sequence[Movement], past: Sequence[Movement], favourites: frozenset[str]
) -> list[Movement]:
    """The candidates that serve the area which waited longest, or any of several that waited as long.

    A favourite is one of them once its area waited half as long. Walks serve no area here: the whole body would never
    have its turn otherwise.
    """
    served = {area: index for index, each in enumerate(past) if not each.is_walk for area in each.areas}
    waited = {each: max(len(past) - served.get(area, -1) for area in each.areas) for each in candidates}
    longest = max(waited.values())
    return [each for each in candidates if waited[each] * _weight(each, favourites) >= longest]


def _weight(movement: Movement, favourites: frozenset[str]) -> int:
    """How much its waiting counts."""
    return FAVOURED if movement.id in favourites else 1


def _shuffled(name: str, seed: int) -> int:
    """A fixed order of names that differs from seed to seed."""
    return crc32(f"{seed}:{name}".encode())


class Chooser:
    """The catalogue, a person's wishes and a seed: what the machine asks for movements."""

    def __init__(self, catalogue: Iterable[Movement], wishes: Wishes, seed: int = 0) -> None:
        self.catalogue = tuple(catalogue)
        self.wishes = wishes
        self.seed = seed

    def choose(self, past: Sequence[Past]) -> str:
        """The id of the movement to suggest next."""
        return choose(self.catalogue, past, self.wishes, self.seed).id

    def first_walk(self) -> str:
        """The first walk of the catalogue that fits (in seated mode the first movement)."""
        pool = _pool(self.catalogue, self.wishes)
        return next((each.id for each in pool if each.is_walk or self.wishes.seated_mode), pool[0].id)

    def short_walk(self) -> str:
        """What the shorter offer suggests: the walk to the window, or the first walk where there is none."""
        pool = _pool(self.catalogue, self.wishes)
        return SHORT_WALK if any(each.id == SHORT_WALK for each in pool) else self.first_walk()

    def stretch(self, movement: str) -> bool:
        """Whether it is seated or lying, and so earns no confirmed minutes; an unknown one is not."""
        return any(each.id == movement and not each.ends_sitting for each in (*self.catalogue, PLAIN_SEATED))

    def get(self, movement: str) -> Movement | None:
        """The movement with this id, or None."""
        return next((each for each in (*self.catalogue, PLAIN_WALK, PLAIN_SEATED) if each.id == movement), None)
