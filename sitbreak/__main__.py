"""`python -m sitbreak` is `sitbreak`."""

import sys

from sitbreak.cli import main

if __name__ == "__main__":
    sys.exit(main())
