"""What a published period can be verified by."""
