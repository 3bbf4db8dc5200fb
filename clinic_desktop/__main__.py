"""Runs the program as `python -m clinic_desktop`."""

import sys

from clinic_desktop.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
