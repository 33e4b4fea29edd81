"""Choosing a backend: the first that works here wins, and the reasons of the others are kept for `doctor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Protocol, TypeVar

from sitbreak.boundary import Failure, attempt
from sitbreak.ports import Choice, Env, NotViable, Viable

AUTO = "auto"
# Seconds between looks for what is missing, the last one repeated: a service that starts is there within seconds, a
# desktop within minutes, and is found within one, however long the look itself takes on a busy machine.
AGAIN_S = (2.0, 5.0, 15.0, 40.0)


def until_next(failures: int, again_s: Sequence[float] = AGAIN_S) -> float:
    """How long to wait before another look, in seconds, after so many that failed in a row."""
    return again_s[min(failures, len(again_s) - 1)]


class Backend(Protocol):
    """What can be chosen: it has a name, and a word on whether it can work here."""

    NAME: ClassVar[str]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Whether it can work here; cheap, and without lasting effect."""
        ...


B = TypeVar("B", bound=Backend)


class UnknownBackend(ValueError):
    """The settings name a backend that does not exist; the message lists those that do."""


def choose(
    port: str,
    candidates: Sequence[type[B]],
    env: Env,
    forced: str = AUTO,
    *,
    build: Callable[[type[B]], B],
) -> Choice[B]:
    """The first of `candidates` that says it is viable and that `build` can make, with the reasons of the others.

    `forced` names the one to use: it is then tried whatever it says of itself, and what it says becomes a limit.
    Raises UnknownBackend for a name that is not among the candidates. There is no backend when none can be had.
    """
    if forced != AUTO:
        candidate = _named(port, candidates, forced)
        verdict = candidate.viable(env)
        willing = {candidate: verdict.limits if isinstance(verdict, Viable) else (verdict.reason,)}
        return _built(port, willing, {}, build, most=1)
    return _built(port, *_asked(candidates, env), build, most=1)


def choose_all(port: str, candidates: Sequence[type[B]], env: Env, *, build: Callable[[type[B]], B]) -> Choice[B]:
    """All of `candidates` that say they are viable and that `build` can make, side by side."""
    return _built(port, *_asked(candidates, env), build, most=len(candidates))


def _asked(candidates: Sequence[type[B]], env: Env) -> tuple[dict[type[B], tuple[str, ...]], dict[str, NotViable]]:
    """Those that are willing, with their limits, and the reasons of the others."""
    verdicts = {candidate: candidate.viable(env) for candidate in candidates}
    willing = {each: verdict.limits for each, verdict in verdicts.items() if isinstance(verdict, Viable)}
    return willing, {each.NAME: verdict for each, verdict in verdicts.items() if isinstance(verdict, NotViable)}


def _built(
    port: str,
    willing: Mapping[type[B], tuple[str, ...]],
    refused: dict[str, NotViable],
    build: Callable[[type[B]], B],
    most: int,
) -> Choice[B]:
    """Makes the first `most` of the willing that can be made."""
    made: list[B] = []
    limits: list[str] = []
    spare: list[str] = []
    for candidate, told in willing.items():
        if len(made) == most:
            spare.append(candidate.NAME)
            continue
        built = attempt(partial(build, candidate))
        if isinstance(built, Failure):
            refused[candidate.NAME] = NotViable(str(built), tried=True)
        else:
            made.append(built)
            limits += told
    return Choice(port, tuple(made), tuple(limits), refused, tuple(spare))


def _named(port: str, candidates: Sequence[type[B]], name: str) -> type[B]:
    for candidate in candidates:
        if name == candidate.NAME:
            return candidate
    names = ", ".join([AUTO, *(candidate.NAME for candidate in candidates)])
    raise UnknownBackend(f'there is no {port} backend named "{name}": choose one of {names}')
