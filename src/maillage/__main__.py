"""`python -m maillage` is the `maillage` command."""

from maillage.cli.app import main

if __name__ == "__main__":
    main()
