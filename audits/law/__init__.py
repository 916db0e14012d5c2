"""What the law says: periods and calendars, due dates, transfers, and the facts they rest on."""
