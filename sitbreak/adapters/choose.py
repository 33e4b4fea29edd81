"""Choosing a backend: the first that works here wins, and the reasons of the others are kept for `doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Protocol, TypeVar

from sitbreak.ports import Choice, Env, NotViable, Viable

AUTO = "auto"
# Seconds between looks for what is missing, the last one repeated: a service that starts is there within seconds, a
# desktop within minutes, and one look in a minute costs nothing.
AGAIN_S = (2.0, 5.0, 15.0, 60.0)


class Backend(Protocol):
    """What every backend has: a name, and a word on whether it can work here."""

    NAME: ClassVar[str]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Whether it can work here; cheap, and without lasting effect."""
        ...

    def close(self) -> None:
        """Lets go of everything."""
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
    """The first of `candidates` that says it is viable and that `build` can make, with the reasons of those before it.

    `forced` names the one to use: it is then tried whatever it says of itself, and what it says becomes a limit.
    Raises UnknownBackend for a name that is not among the candidates. `backend` is None when none can be had.
    """
    refused: dict[str, NotViable] = {}
    for candidate, limits in _willing(port, candidates, env, forced, refused):
        try:
            return Choice(port, build(candidate), limits, refused)
        except Exception as failure:  # noqa: BLE001 - whatever a library raises here, the next candidate is tried
            refused[candidate.NAME] = NotViable(str(failure) or type(failure).__name__, tried=True)
    return Choice(port, None, (), refused)


def _willing(
    port: str, candidates: Sequence[type[B]], env: Env, forced: str, refused: dict[str, NotViable]
) -> Iterator[tuple[type[B], tuple[str, ...]]]:
    """The candidates to try, with their limits; those that say no go to `refused`."""
    if forced != AUTO:
        candidate = _named(port, candidates, forced)
        verdict = candidate.viable(env)
        yield candidate, verdict.limits if isinstance(verdict, Viable) else (verdict.reason,)
        return
    for candidate in candidates:
        verdict = candidate.viable(env)
        if isinstance(verdict, Viable):
            yield candidate, verdict.limits
        else:
            refused[candidate.NAME] = verdict


def _named(port: str, candidates: Sequence[type[B]], name: str) -> type[B]:
    for candidate in candidates:
        if name == candidate.NAME:
            return candidate
    names = ", ".join([AUTO, *(candidate.NAME for candidate in candidates)])
    raise UnknownBackend(f'there is no {port} backend named "{name}": choose one of {names}')
