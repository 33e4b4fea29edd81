"""What goes into every package of sitbreak, in one place.

    python contents.py stage FOLDER             FOLDER/site: sitbreak and what it needs, from the lock files, without
                                                what it never loads; FOLDER/LICENCES.txt; FOLDER/tools: pip
    python contents.py share FOLDER [PROGRAM]   man page and completions; with PROGRAM the menu entry and its icons

`stage` needs a package index, `share` a Python that finds sitbreak.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from email.message import Message
from email.parser import HeaderParser
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = ("requirements.lock", "requirements-window.lock")

# Of Qt only this: widgets on X11 and Wayland, their input methods, and what these link. Paths as in site-packages.
QT = (
    *("PySide6/__init__.py", "PySide6/_*.py", "PySide6/libpyside6.abi3.so*"),
    *(f"PySide6/Qt{part}.abi3.so" for part in ("Core", "Gui", "Widgets")),
    *(
        f"PySide6/Qt/lib/libQt6{part}.so.6"
        for part in ("Core", "DBus", "Gui", "Svg", "Widgets", "XcbQpa", "WaylandClient", "WlShellIntegration")
    ),
    "PySide6/Qt/lib/libicu*",
    *("PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqwayland*.so"),
    "PySide6/Qt/plugins/platforminputcontexts/lib[ci]*.so",
    *("PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so", "PySide6/Qt/plugins/wayland-decoration-client/*"),
    "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    *(
        f"PySide6/Qt/translations/qtbase_{code}.qm"
        for code in ("de", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "zh_CN")
    ),
)
# Never loaded: what builds, what colours program texts, picture formats that we neither read nor write, C headers.
UNUSED = (
    *("setuptools*", "_distutils_hack*", "distutils-precedence.pth", "pygments*", "markdown_it*", "mdurl*"),
    *("PIL/_avif*", "PIL/_webp*", "PIL/_imagingft*", "PIL/_imagingcms*", "PIL/_imagingtk*", "PIL/_imagingm*"),
    *(
        f"pillow.libs/lib{part}*"
        for part in ("avif", "webp", "sharpyuv", "freetype", "harfbuzz", "lcms", "brotli", "png")
    ),
    *("shiboken6/include/*", "shiboken6/lib/*", "*.pyi", "bin/*", "*/__pycache__/*"),
)
# For PyInstaller, which follows imports: what is imported by a name made at run time, and what never is.
ON_USE = {
    "linux": (
        "pulsectl",
        "pystray._xorg",
        "pynput.keyboard._xorg",
        "pynput.mouse._xorg",
        "plyer.platforms.linux.notification",
    ),
    "win32": ("pystray._win32", "pynput.keyboard._win32", "pynput.mouse._win32", "plyer.platforms.win.notification"),
    "darwin": (
        "pystray._darwin",
        "pynput.keyboard._darwin",
        "pynput.mouse._darwin",
        "plyer.platforms.macosx.notification",
    ),
}
EXCLUDED = ("tkinter", "setuptools", "pygments", "markdown_it", "mdurl", "PIL.ImageTk", "PIL.ImageQt")
LESSER = "LGPL"  # PySide6 and shiboken6 bring no text of their licence; others under the same one do
LICENCE_FILES = ("LICEN[CS]E*", "COPYING*", "NOTICE*")


def wanted(path: str) -> bool:
    """Whether a file of site-packages, by its path there with forward slashes, goes into a package."""
    if path.startswith("PySide6/") and sys.platform == "linux":
        return any(fnmatch(path, kept) for kept in QT)
    return not any(fnmatch(path, dropped) for dropped in UNUSED)


def stage(folder: Path) -> None:
    """Makes `folder` anew; see above."""
    import venv  # which the embeddable Python of Windows has not; PyInstaller's recipe reads this file there

    shutil.rmtree(folder, ignore_errors=True)
    site, tools = folder / "site", folder / "tools"
    venv.create(tools, with_pip=True)
    python = tools / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    locked = ["--require-hashes", "--only-binary", ":all:"]
    locked += [word for lock in LOCKS for word in ("-r", str(HERE / lock))]
    subprocess.run([*pip, *locked, "--target", site], check=True)
    shutil.rmtree(site / "bin", ignore_errors=True)  # scripts that name the Python of the tools
    subprocess.run(
        [*pip, "--no-build-isolation", "--target", site, HERE.parent],
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
    )
    trim(site)
    (folder / "LICENCES.txt").write_text(licences(site), "utf-8")


def trim(site: Path) -> None:
    """Removes what is not wanted, and the folders that are empty then."""
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif not wanted(path.relative_to(site).as_posix()):
            path.unlink()


def share(folder: Path, program: str = "") -> None:
    """Fills a share folder; with `program`, a path, its entry in the menu of the desktop and the icons, too."""
    from sitbreak.adapters.autostart.linux import InMenu
    from sitbreak.cli import completions, desktop
    from sitbreak.ports import Env

    if program:
        here = str(folder.resolve())
        entry = InMenu(Env("linux", {"XDG_DATA_HOME": here, "XDG_DATA_DIRS": here}))
        entry.install([program, "run", "--window"], desktop.pieces())
        return
    for name, content in completions.files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def licences(site: Path) -> str:
    """Name, version and licence of every distribution in `site`, each with the texts it brings."""
    told = [f"sitbreak (MIT)\n\n{(HERE.parent / 'LICENSE').read_text('utf-8')}"]
    for folder in sorted(site.glob("*.dist-info")):
        about = HeaderParser().parsestr((folder / "METADATA").read_text("utf-8"))
        files = sorted({file for name in LICENCE_FILES for file in folder.rglob(name) if file.is_file()})
        if about["Name"] == "sitbreak":
            continue
        kind = _kind(about)
        texts = [file.read_text("utf-8", errors="replace").strip() for file in files]
        if not texts and LESSER in kind:
            texts = ["It brings no text of its licence; that of pynput and pystray, below or above, is the same."]
        if not texts:
            raise SystemExit(f"{about['Name']} brings no licence text; say in packaging/contents.py what to do.")
        told.append("\n\n".join([f"{about['Name']} {about['Version']} ({kind})", *texts]))
    return f"\n\n{'-' * 78}\n\n".join(told) + "\n"


def _kind(about: Message) -> str:
    """The licence as its makers name it."""
    named = about["License-Expression"] or next(
        (each.rpartition(" :: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License")), ""
    )
    return named or (about["License"] or "see below").splitlines()[0]


def main(words: list[str]) -> int:
    """Does what the first word says; returns 0."""
    verb, folder, *more = words
    if verb == "share":
        share(Path(folder), *more)
    else:
        stage(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
