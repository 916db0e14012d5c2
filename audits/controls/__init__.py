"""The catalogue: one SQL file a control, and how they are read."""
