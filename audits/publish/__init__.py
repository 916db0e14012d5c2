"""One run: notebooks executed and rendered, and a period put in place."""
