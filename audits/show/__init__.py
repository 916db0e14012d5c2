"""What results look like: tables, charts and words, from results alone."""
