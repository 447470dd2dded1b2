"""`python -m emcollab`: the same as the command `emcollab`."""

from emcollab.cli import main

main()
