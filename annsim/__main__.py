"""`python -m annsim` is `annsim`."""

import sys

from annsim.cli.app import main

sys.exit(main())
