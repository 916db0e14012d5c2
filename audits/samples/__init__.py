"""A synthetic company, with violations planted and listed."""

TEXT = "jivochat"  # what the company promises: audits/texts/jivochat.toml
