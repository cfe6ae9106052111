"""The first lines of the frozen program."""

import sys

from core.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
