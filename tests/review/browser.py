"""A real browser without a window, driven over a pipe: what it renders, complains about and asks the network for."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROGRAM = "chromium"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--no-first-run", "--disable-extensions", "--disable-component-update", "--hide-scrollbars", "--mute-audio"),
    *("--disable-dev-shm-usage", "--remote-debugging-pipe"),
)


class Browser:
    """One tab of Chromium. `console` holds its complaints, `requests` every address it asked for."""

    def __init__(self) -> None:
        """Starts it with a profile of its own."""
        self._profile = tempfile.TemporaryDirectory(prefix="sitbreak-browser-", ignore_cleanup_errors=True)
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        program = [PROGRAM, *FLAGS, f"--user-data-dir={self._profile.name}", "about:blank"]
        # The browser speaks on descriptors 3 and 4. Two steps, for the pipes may have those very numbers.
        redirect = f'exec 8<&{to_read} 9>&{to_write}; exec "$@" 3<&8 4>&9'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", redirect, "browser", *program],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._last, self._rest, self._session = 0, b"", ""
        self.console: list[str] = []
        self.requests: list[str] = []
        self._open_tab()

    def _open_tab(self) -> None:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self._call(f"{domain}.enable")

    def close(self) -> None:
        """Ends it."""
        os.close(self._to)
        self._process.terminate()
        self._process.wait(10)
        os.close(self._from)
        self._profile.cleanup()

    def size(self, width: int, height: int, dark: bool = False, scale: float = 1) -> None:
        """Sets the size of the screen in CSS pixels, and which colours the user prefers."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < 600,
        )
        value = "dark" if dark else "light"
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])

    def show(self, page: Path) -> None:
        """Loads a page and waits until it is there."""
        self.console.clear()
        self.requests.clear()
        self._call("Page.navigate", url=page.as_uri())
        self._until(lambda message: message.get("method") == "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of a script in the page; a promise is waited for."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def picture(self, path: Path) -> None:
        """Saves a picture of the whole page."""
        shot = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def print(self, path: Path, width_in: float, height_in: float) -> None:
        """Prints to a PDF on paper of this size in inches."""
        pdf = self._call(
            "Page.printToPDF", paperWidth=width_in, paperHeight=height_in, printBackground=True, preferCSSPageSize=False
        )
        path.write_bytes(base64.b64decode(pdf["data"]))

    def _call(self, method: str, **params: object) -> dict[str, Any]:
        self._last += 1
        number = self._last
        message: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        answer = self._until(lambda got: got.get("id") == number)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = self._read()
            self._note(message)
            if wanted(message):
                return message

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._from, 1 << 20)
            if not more:
                raise AssertionError("the browser went away")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        match message.get("method"):
            case "Runtime.consoleAPICalled":
                self.console.append(str(params["args"]))
            case "Runtime.exceptionThrown":
                self.console.append(str(params["exceptionDetails"]))
            case "Log.entryAdded":
                self.console.append(params["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
