"""Runs over the years: the ledger of them, the schedule, whom to tell, what a run says."""
