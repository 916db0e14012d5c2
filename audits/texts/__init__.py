"""What was promised: policies and laws as data, without their sentences."""
