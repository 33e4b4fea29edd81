"""macOS: whether any microphone or camera runs, by CoreAudio and CoreMediaIO, which share one way of asking.

A device "runs somewhere" when any program uses it. A device that can also play runs for that as well, so only devices
that do nothing but record are asked: the built-in microphone, desk microphones and the microphones of most headsets.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

FRAMEWORKS = "/System/Library/Frameworks"
SYSTEM = 1  # kAudioObjectSystemObject, kCMIOObjectSystemObject


def code(text: str) -> int:
    """The number of a four-letter code, as the headers write them."""
    return int.from_bytes(text.encode("ascii"), "big")


DEVICES, RUNS, STREAMS = code("dev#"), code("gone"), code("stm#")
EVERYWHERE, INPUT, OUTPUT = code("glob"), code("inpt"), code("outp")
MAIN = 0


class Address(ctypes.Structure):
    """AudioObjectPropertyAddress and CMIOObjectPropertyAddress: which property of an object."""

    _fields_ = [(name, ctypes.c_uint32) for name in ("selector", "scope", "element")]


class Devices:
    """The audio and the camera framework, or what stands in for them."""

    def __init__(self, audio: Any = None, camera: Any = None) -> None:
        self._audio = _framework("CoreAudio") if audio is None else audio
        self._camera = _framework("CoreMediaIO") if camera is None else camera

    def microphone_runs(self) -> bool:
        """Whether a device that only records is in use. Raises OSError."""
        return any(self._records_only(device) and self._audio_flag(device) for device in self._audio_devices())

    def camera_runs(self) -> bool:
        """Whether a camera is in use. Raises OSError."""
        size = self._size(self._camera.CMIOObjectGetPropertyDataSize, SYSTEM, Address(DEVICES, EVERYWHERE, MAIN))
        devices = self._camera_read(SYSTEM, DEVICES, (ctypes.c_uint32 * (size // 4))())
        return any(self._camera_read(device, RUNS, (ctypes.c_uint32 * 1)())[0] for device in devices)

    def _audio_devices(self) -> list[int]:
        size = self._size(self._audio.AudioObjectGetPropertyDataSize, SYSTEM, Address(DEVICES, EVERYWHERE, MAIN))
        return self._audio_read(SYSTEM, DEVICES, (ctypes.c_uint32 * (size // 4))())

    def _audio_flag(self, device: int) -> bool:
        return bool(self._audio_read(device, RUNS, (ctypes.c_uint32 * 1)())[0])

    def _records_only(self, device: int) -> bool:
        ask = self._audio.AudioObjectGetPropertyDataSize
        inputs, outputs = (self._size(ask, device, Address(STREAMS, scope, MAIN)) for scope in (INPUT, OUTPUT))
        return inputs > 0 and outputs == 0

    def _size(self, ask: Callable[..., int], thing: int, address: Address) -> int:
        size = ctypes.c_uint32(0)
        _checked(ask(thing, ctypes.byref(address), 0, None, ctypes.byref(size)))
        return size.value

    def _audio_read(self, thing: int, selector: int, room: Any) -> list[int]:
        address, size = Address(selector, EVERYWHERE, MAIN), ctypes.c_uint32(ctypes.sizeof(room))
        read = self._audio.AudioObjectGetPropertyData
        _checked(read(thing, ctypes.byref(address), 0, None, ctypes.byref(size), room))
        return list(room[: size.value // 4])

    def _camera_read(self, thing: int, selector: int, room: Any) -> list[int]:
        address, used = Address(selector, EVERYWHERE, MAIN), ctypes.c_uint32(0)
        read = self._camera.CMIOObjectGetPropertyData
        _checked(read(thing, ctypes.byref(address), 0, None, ctypes.sizeof(room), ctypes.byref(used), room))
        return list(room[: used.value // 4])


def _framework(name: str) -> Any:
    return ctypes.CDLL(f"{FRAMEWORKS}/{name}.framework/{name}")


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(f"macOS does not tell which devices run ({result & 0xFFFFFFFF:#x})")
