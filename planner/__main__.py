"""`python -m planner`: the command line; nothing of its own."""

import sys

from planner.cli import main

if __name__ == "__main__":
    sys.exit(main())
