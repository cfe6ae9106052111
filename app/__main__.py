"""python -m app: the desktop application."""

import sys

from app.main import main
from core.offline import guard

if __name__ == "__main__":
    guard()
    sys.exit(main(sys.argv[1:]))
