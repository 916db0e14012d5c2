"""One export looked at from all sides, in JupyterLab: nothing here is published."""
