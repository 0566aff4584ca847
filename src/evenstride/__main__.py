"""`python -m evenstride`: the command line."""

from evenstride.cli import main

if __name__ == "__main__":
    main()
