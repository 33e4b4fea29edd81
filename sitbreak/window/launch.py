"""Starts a small program of the system that makes a sound, and leaves it alone: it ends by itself."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QProcess, QProcessEnvironment


def launched(command: list[str], variables: Mapping[str, str] | None = None) -> bool:
    """Starts the command with these variables beside the present ones, without waiting; False where it cannot be."""
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in (variables or {}).items():
        environment.insert(name, value)
    process.setProcessEnvironment(environment)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    started: object = process.startDetached()  # a bool, whatever PySide's stubs say
    return started is True
