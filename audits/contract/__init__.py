"""What an export holds: the contract, read, opened, sealed, measured."""
