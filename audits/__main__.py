"""python -m audits."""

from audits.cli import main

main()
