"""The frozen program begins here."""

import sys
import traceback

from sitbreak.boundary import Failure, attempt
from sitbreak.cli import main

code = attempt(main)
if isinstance(code, Failure):  # PyInstaller would add a line of its own, and the daemon tells of a window its last line
    traceback.print_exception(code.error)
    code = 70  # EX_SOFTWARE
sys.exit(code)
