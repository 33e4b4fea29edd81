"""A recorder that begins corked (or running, with a second argument) and goes on or pauses at each SIGUSR1."""

from __future__ import annotations

import ctypes
import signal
import sys

import pulsectl
from pulsectl import _pulsectl as low

START_CORKED = 0x0001


def main(server: str, corked: bool) -> None:
    """Records from the default source of `server` and throws it away, until killed."""
    pulse = pulsectl.Pulse("Corked", server=server)
    library = ctypes.CDLL("libpulse.so.0")
    library.pa_stream_cork.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
    library.pa_stream_cork.restype = ctypes.c_void_p
    names = low.pa.proplist_from_string("media.name=talk")
    spec = low.PA_SAMPLE_SPEC(format=low.PA_SAMPLE_FLOAT32NE, rate=8000, channels=1)
    stream = low.pa.stream_new_with_proplist(pulse._ctx, "talk", low.byref(spec), None, names)
    buffer = low.PA_BUFFER_ATTR(fragsize=2**32 - 1, maxlength=2**32 - 1)
    low.pa.stream_connect_record(stream, b"mic", buffer, START_CORKED if corked else 0)
    state = [corked]

    def turn(_number: int, _frame: object) -> None:
        state[0] = not state[0]
        library.pa_stream_cork(ctypes.cast(stream, ctypes.c_void_p), int(state[0]), None, None)

    signal.signal(signal.SIGUSR1, turn)
    pulse.event_callback_set(lambda event: None)
    while True:
        pulse.event_listen(timeout=0.05)


if __name__ == "__main__":
    main(sys.argv[1], corked=len(sys.argv) == 2)
