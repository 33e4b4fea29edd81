"""macOS: the little of CoreFoundation that the probes need, through ctypes. What was created is released here."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

UTF8 = 0x08000100  # kCFStringEncodingUTF8
SINT64 = 4  # kCFNumberSInt64Type
TEXT_BYTES = 1024
Ref = ctypes.c_void_p


class CoreFoundation:
    """Strings, numbers, lists and dictionaries. `library` is the framework, or what stands in for it."""

    def __init__(self, library: Any = None) -> None:
        path = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
        self._cf = ctypes.CDLL(path) if library is None else library
        index = ctypes.c_long
        for name, result, arguments in (
            ("CFStringCreateWithCString", Ref, [Ref, ctypes.c_char_p, ctypes.c_uint32]),
            ("CFStringGetCString", ctypes.c_bool, [Ref, ctypes.c_char_p, index, ctypes.c_uint32]),
            ("CFNumberGetValue", ctypes.c_bool, [Ref, index, Ref]),
            ("CFArrayGetCount", index, [Ref]),
            ("CFArrayGetValueAtIndex", Ref, [Ref, index]),
            ("CFDictionaryGetCount", index, [Ref]),
            ("CFDictionaryGetValue", Ref, [Ref, Ref]),
            ("CFDictionaryGetKeysAndValues", None, [Ref, Ref, Ref]),
            ("CFRelease", None, [Ref]),
        ):
            function = getattr(self._cf, name)
            function.restype, function.argtypes = result, arguments

    @contextmanager
    def released(self, ref: int | None) -> Iterator[int | None]:
        """Releases a created object after the block."""
        try:
            yield ref
        finally:
            if ref:
                self._cf.CFRelease(ref)

    def text(self, ref: int | None) -> str:
        """The text of a string; empty for none."""
        buffer = ctypes.create_string_buffer(TEXT_BYTES)
        if not ref or not self._cf.CFStringGetCString(ref, buffer, TEXT_BYTES, UTF8):
            return ""
        return buffer.value.decode("utf-8", "replace")

    def number(self, ref: int | None) -> int:
        """The value of a number; 0 for none."""
        value = ctypes.c_int64(0)
        if ref:
            self._cf.CFNumberGetValue(ref, SINT64, ctypes.byref(value))
        return value.value

    def items(self, ref: int | None) -> list[int]:
        """The elements of a list."""
        count = self._cf.CFArrayGetCount(ref) if ref else 0
        return [self._cf.CFArrayGetValueAtIndex(ref, number) for number in range(count)]

    def values(self, ref: int | None) -> list[int]:
        """The values of a dictionary."""
        count = self._cf.CFDictionaryGetCount(ref) if ref else 0
        keys, values = (Ref * count)(), (Ref * count)()
        if count:
            self._cf.CFDictionaryGetKeysAndValues(ref, keys, values)
        return [value for value in values if value]

    def get(self, ref: int, key: str) -> int | None:
        """The value under a key of a dictionary; None when it has none."""
        with self.released(self._cf.CFStringCreateWithCString(None, key.encode(), UTF8)) as name:
            found: int | None = self._cf.CFDictionaryGetValue(ref, name)
            return found
