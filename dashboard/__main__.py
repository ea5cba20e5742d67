import sys

from dashboard.command_line.parsers import main

sys.exit(main())
