"""`python -m app` is the command `ronde`, where it is not installed as a program."""

from app.cli import main

main()
