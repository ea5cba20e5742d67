import sys

from models.command_line.parsers import main

sys.exit(main())
