"""Choosing a backend for a port."""

from __future__ import annotations

from typing import ClassVar

import pytest

from sitbreak.adapters.choose import UnknownBackend, choose, choose_all
from sitbreak.ports import Choice, Env, NotViable, SourceUnreadable, Viable

ENV = Env("linux", {})


class Plain:
    """A backend that works on Linux."""

    NAME: ClassVar[str] = "plain"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on Linux."""
        return Viable(("is plain",)) if env.platform == "linux" else NotViable("not on Linux", "use Linux")

    def close(self) -> None:
        """Nothing to let go of."""


class Broken(Plain):
    """A backend that says it works, and then does not."""

    NAME = "broken"

    def __init__(self) -> None:
        raise SourceUnreadable("it broke")


class Shy(Plain):
    """A backend that never offers itself."""

    NAME = "shy"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Never."""
        return NotViable("it is shy")


def chosen(*candidates: type[Plain], forced: str = "auto", env: Env = ENV) -> Choice[Plain]:
    """The choice for a port called activity."""
    return choose("activity", candidates, env, forced, build=lambda candidate: candidate())


def test_first_viable_wins() -> None:
    """The first viable candidate is taken, with its limits; what keeps later ones away is told, and who is spare."""
    choice = chosen(Plain, Shy, Broken)
    assert type(choice.backend) is Plain
    assert (choice.port, choice.limits, choice.spare) == ("activity", ("is plain",), ("broken",))
    assert dict(choice.refused) == {"shy": NotViable("it is shy")}


def test_all_that_work_can_be_had_side_by_side() -> None:
    """For a port that several serve together, all that can be made are, and the others have their reasons."""
    choice = choose_all("context", (Shy, Plain, Broken), ENV, build=lambda candidate: candidate())
    assert [each.NAME for each in choice.backends] == ["plain"]
    assert (choice.limits, choice.spare) == (("is plain",), ())
    assert set(choice.refused) == {"shy", "broken"}


def test_reasons_of_the_others_are_kept() -> None:
    """Those that are not viable or break in the making are kept with their reasons."""
    choice = chosen(Shy, Broken, Plain)
    assert type(choice.backend) is Plain
    assert dict(choice.refused) == {"shy": NotViable("it is shy"), "broken": NotViable("it broke", tried=True)}


def test_nothing_can_be_had() -> None:
    """Without a viable candidate there is no backend, and every reason is there."""
    choice = chosen(Plain, Shy, env=Env("win32", {}))
    assert choice.backend is None
    assert list(choice.refused) == ["plain", "shy"]


def test_forced_is_tried_whatever_it_says() -> None:
    """A forced backend is made although it would not offer itself; what it says becomes a limit."""
    choice = chosen(Plain, Shy, forced="shy")
    assert type(choice.backend) is Shy
    assert choice.limits == ("it is shy",)


def test_forced_and_broken() -> None:
    """A forced backend that breaks is not replaced by another."""
    choice = chosen(Plain, Broken, forced="broken")
    assert choice.backend is None
    assert dict(choice.refused) == {"broken": NotViable("it broke", tried=True)}


def test_forced_unknown_name() -> None:
    """A name that does not exist is an error that lists the names that do."""
    with pytest.raises(UnknownBackend, match='no activity backend named "plane": choose one of auto, plain, shy'):
        chosen(Plain, Shy, forced="plane")


def test_whatever_a_backend_raises_is_a_refusal() -> None:
    """An error that nobody foresaw is kept as a reason, and the next candidate is tried."""

    def build(candidate: type[Plain]) -> Plain:
        raise KeyError("no such key")

    choice = choose("activity", (Plain, Shy), ENV, build=build)
    assert choice.backend is None
    assert dict(choice.refused) == {"plain": NotViable("'no such key'", tried=True), "shy": NotViable("it is shy")}
