"""Run first in the frozen program, for the sake of what it starts."""

import os
import sys

# Its own windows and commands are programs in their own right, for which the loader is to prepare everything anew.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
# What belongs to the system is to find the system's libraries and not ours.
if sys.platform == "linux":
    former = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if former is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = former
