"""Where the notebooks and the sample lie: in a checkout beside the package, in an installed wheel inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def sample_folder() -> Path:
    """The folder of the committed sample export."""
    return _first(_PACKAGE.parent / "data" / "samples", _PACKAGE / "_data" / "samples")


def notebooks_folder() -> Path:
    """The folder of the notebooks that can be run."""
    return _first(_PACKAGE.parent / "notebooks", _PACKAGE / "_notebooks")


def _first(checkout: Path, installed: Path) -> Path:
    return checkout if checkout.is_dir() else installed
