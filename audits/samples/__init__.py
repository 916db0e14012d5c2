"""A synthetic company, with violations planted and listed."""
