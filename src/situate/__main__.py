"""`python -m situate`."""

from situate.cli import main

main()
