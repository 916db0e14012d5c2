"""From results to pages: run notebooks, render them, put a period in place."""
