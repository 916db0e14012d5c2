"""From controls and views to findings, statuses and results."""
