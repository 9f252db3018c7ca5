"""`python -m rnnviz`: the app, as the command `rnnviz` starts it."""

from rnnviz.web.command import main

if __name__ == "__main__":
    main()
