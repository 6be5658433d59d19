"""`python -m reportlint`."""

from reportlint.cli import main

main(prog_name="reportlint")
