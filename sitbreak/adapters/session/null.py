"""The watcher for a place where the session cannot be watched."""

from __future__ import annotations

from typing import ClassVar

from sitbreak.ports import Env, Post, Viable


class NullWatcher:
    """Watches nothing: locks and sleep are not seen, and no absence is called certain."""

    NAME: ClassVar[str] = "null"

    @classmethod
    def viable(cls, env: Env) -> Viable:
        """Always, as the last of all."""
        return Viable(("locking the screen and sleep are not seen",))

    def start(self, post: Post) -> None:
        """Nothing begins."""

    def close(self) -> None:
        """Nothing ends."""
