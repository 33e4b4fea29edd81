"""The few calls of winreg that autostart makes, over a dictionary."""

from __future__ import annotations

from types import TracebackType


class _Key:
    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> _Key:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        return None


class FakeWinreg:
    """A registry of one user; `denied` refuses everything."""

    HKEY_CURRENT_USER = 1
    KEY_QUERY_VALUE = 1
    KEY_SET_VALUE = 2
    REG_SZ = 1

    def __init__(self, denied: bool = False) -> None:
        self.values: dict[tuple[str, str], object] = {}
        self._denied = denied

    def OpenKey(self, root: int, path: str, reserved: int, access: int) -> _Key:
        """As winreg: FileNotFoundError where no key is."""
        if self._denied:
            raise PermissionError(5, "Access is denied")
        if not any(key == path for key, _ in self.values):
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return _Key(path)

    def CreateKeyEx(self, root: int, path: str, reserved: int, access: int) -> _Key:
        """As winreg: opens or makes."""
        if self._denied:
            raise PermissionError(5, "Access is denied")
        return _Key(path)

    def QueryValueEx(self, key: _Key, name: str) -> tuple[object, int]:
        """The value and its type."""
        if (key.path, name) not in self.values:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return self.values[key.path, name], self.REG_SZ

    def SetValueEx(self, key: _Key, name: str, reserved: int, kind: int, value: object) -> None:
        """Writes a value."""
        self.values[key.path, name] = value

    def DeleteValue(self, key: _Key, name: str) -> None:
        """Removes a value."""
        if (key.path, name) not in self.values:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        del self.values[key.path, name]
