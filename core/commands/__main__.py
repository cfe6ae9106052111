"""`python -m core.commands` is `paluku`."""

import sys

from core.commands.main import main

sys.exit(main())
