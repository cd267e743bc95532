"""`python -m villani` is `villani`."""

from villani.cli import main

if __name__ == "__main__":
    main()
