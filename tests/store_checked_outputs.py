"""Run every notebook on the sample and keep no output but that of checked cells: `make notebooks`."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
CHECKED = "# NBVAL_CHECK_OUTPUT"


def main() -> None:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            if cell.cell_type == "code":
                checked = cell.source.startswith(CHECKED)
                if checked:
                    cell.metadata.tags = ["keep_output"]  # for nbstripout
                cell.execution_count = 1 if checked else None  # nbval compares only cells that were run
                cell.outputs = cell.outputs if checked else []
        notebook.metadata.language_info = {"name": "python"}
        notebook.metadata.pop("widgets", None)
        nbformat.write(notebook, path)
        print(path.name)


if __name__ == "__main__":
    main()
