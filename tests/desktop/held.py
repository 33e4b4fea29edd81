"""What a process of ours holds of the system."""

from __future__ import annotations

from pathlib import Path


def held(pid: int) -> dict[str, int]:
    """What the process holds."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)]
    return {
        "kB": int(status["VmRSS"].split()[0]),
        "threads": int(status["Threads"]),
        "descriptors": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "children": len(children),
    }


def _children(task: Path) -> list[str]:
    """The processes that a thread began, while it lives."""
    try:
        return (task / "children").read_text().split()
    except OSError:
        return []
