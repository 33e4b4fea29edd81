"""Where files live: the places the system has for them, or all in one folder named by SITBREAK_HOME."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import platformdirs

from sitbreak.core.text import NotDone
from sitbreak.language import _
from sitbreak.settings.files import make_parents

NAME = "sitbreak"
# A Unix socket address holds 108 bytes on Linux and 104 on macOS, with the closing zero (sys/un.h).
LONGEST_ADDRESS = 100


class Paths(NamedTuple):
    """Every place the program reads or writes. `address` is what `multiprocessing.connection` listens on.

    A tuple with names, as every command is in need of it: dataclasses would be a sixth of what `status` takes.
    """

    config_file: Path
    movements_dir: Path
    plans_file: Path
    history_file: Path
    log_file: Path
    runtime_dir: Path
    key_file: Path
    lock_file: Path
    address: str

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that must be there before anything is written."""
        found = (self.config_file.parent, self.history_file.parent, self.log_file.parent, self.runtime_dir)
        return tuple(dict.fromkeys([*found, *self._address_folder()]))

    @property
    def reports_dir(self) -> Path:
        """Where report pages are written unless another place is named."""
        return self.history_file.parent / "reports"

    @property
    def crash_file(self) -> Path:
        """The note that a crash leaves for the next start."""
        return self.log_file.with_name("last-crash.json")

    def traces(self) -> list[Path]:
        """The files beside the history and its copies that tell of somebody's days; `forget --all` removes them."""
        logs = self.log_file.parent.glob(f"{self.log_file.name}*")
        plans = self.plans_file.parent.glob(f"*{self.plans_file.name}*")
        return sorted(path for path in (*self.pages(), *logs, *plans, self.crash_file) if path.is_file())

    def pages(self) -> list[Path]:
        """The report pages, half-written ones too."""
        return sorted(self.reports_dir.glob("*")) + sorted(self.reports_dir.glob(".*"))

    def _address_folder(self) -> list[Path]:
        return [] if self.address.startswith("\\\\") else [Path(self.address).parent]


class FolderUnusable(NotDone):
    """A folder cannot be made or used; the message says which, why, and what to do."""


def find_paths(variables: Mapping[str, str] | None = None) -> Paths:
    """The places in force; nothing is created. `variables` stands for os.environ (SITBREAK_HOME is read from it)."""
    home = (os.environ if variables is None else variables).get("SITBREAK_HOME", "").strip()
    if home:
        folder = Path(home).expanduser().absolute()
        return _laid_out(folder, folder, folder, folder)
    return _laid_out(
        platformdirs.user_config_path(NAME, appauthor=False, roaming=True),
        platformdirs.user_data_path(NAME, appauthor=False),
        platformdirs.user_log_path(NAME, appauthor=False),
        _runtime(),
    )


def make_folders(paths: Paths) -> None:
    """Makes the folders that are missing, open to this user only (0700). Raises FolderUnusable."""
    for folder in paths.folders:
        make_folder(folder)


def make_folder(folder: Path) -> None:
    """Makes one folder open to this user only; one that is there already must be writable and this user's own.

    Raises FolderUnusable.
    """
    remedy = _("make it writable, or set SITBREAK_HOME to a folder of yours.")
    try:
        make_parents(folder / "file")
    except OSError as error:
        raise FolderUnusable(
            _(
                "The folder {folder} cannot be made ({strerror}): {remedy}",
                folder=folder,
                strerror=error.strerror,
                remedy=remedy,
            )
        ) from error
    check_folder(folder)


def check_folder(folder: Path) -> None:
    """A folder that is there has to be one, writable and this user's own. Raises FolderUnusable."""
    remedy = _("make it writable, or set SITBREAK_HOME to a folder of yours.")
    if not folder.is_dir():
        raise FolderUnusable(
            _("{folder} is not a folder: move it away, or set SITBREAK_HOME to a folder of yours.", folder=folder)
        )
    # In a shared temporary folder somebody else could have made it first, to read along; one run as root leaves such.
    if sys.platform != "win32" and folder.lstat().st_uid != os.getuid():
        raise FolderUnusable(
            _(
                "The folder {folder} belongs to {owner}: hand it back with `sudo chown -R $USER '{folder}'`, or set "
                "SITBREAK_HOME to a folder of yours.",
                folder=folder,
                owner=_owner(folder),
            )
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderUnusable(_("The folder {folder} cannot be written to: {remedy}", folder=folder, remedy=remedy))


def _owner(folder: Path) -> str:
    try:
        return folder.owner()
    except (KeyError, NotImplementedError, OSError):
        return _("another user")


def _runtime() -> Path:
    """The run-time folder. An unset XDG_RUNTIME_DIR is no news to warn of: `make_folder` sees that all is safe.

    Windows and macOS have none but for temporary files, which they clear while the program runs.
    """
    if sys.platform in ("win32", "darwin"):
        return platformdirs.user_data_path(NAME, appauthor=False) / "run"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return platformdirs.user_runtime_path(NAME, appauthor=False)


def _laid_out(config: Path, kept: Path, logs: Path, runtime: Path) -> Paths:
    return Paths(
        config_file=config / "sitbreak.toml",
        movements_dir=config / "movements",
        plans_file=config / "plans.json",
        history_file=kept / "history.db",
        log_file=logs / "sitbreak.log",
        runtime_dir=runtime,
        key_file=runtime / "control.key",
        lock_file=runtime / "sitbreak.lock",
        address=_address(runtime),
    )


def _address(runtime: Path) -> str:
    """A pipe name on Windows, else a socket in the runtime folder, or a short one beside it when that is too long."""
    usual = runtime / "control.sock"
    if sys.platform != "win32" and len(os.fsencode(usual)) <= LONGEST_ADDRESS:
        return str(usual)
    import hashlib  # loads OpenSSL: 0.5 MB

    token = hashlib.sha256(str(runtime).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    if sys.platform == "win32":
        return rf"\\.\pipe\sitbreak-{token}"
    return str(Path(tempfile.gettempdir()) / f"sitbreak-{os.getuid()}-{token}" / "control.sock")
