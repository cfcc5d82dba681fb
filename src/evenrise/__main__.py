"""`python -m evenrise` is the command `evenrise`."""

from evenrise.cli.main import main


if __name__ == "__main__":
    main()
