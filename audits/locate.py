"""Where the notebooks and the sample lie: in a checkout beside the package, in an installed wheel inside it."""

from collections.abc import Sequence
from pathlib import Path

from audits.errors import Unusable, hint

# For exploring by hand; not published.
_NOT_PUBLISHED = {"explore"}
_PACKAGE = Path(__file__).parent


def sample_folder() -> Path:
    """The folder of the committed sample export."""
    return _first(_PACKAGE.parent / "data" / "samples", _PACKAGE / "_data" / "samples")


def notebooks_folder() -> Path:
    """The folder of the notebooks that can be run."""
    return _first(_PACKAGE.parent / "notebooks", _PACKAGE / "_notebooks")


def published_notebooks(names: Sequence[str]) -> list[Path]:
    """The notebooks of those names, or all that are published, in order of name; raises Unusable naming the nearest."""
    known = {f.stem: f for f in sorted(notebooks_folder().glob("*.ipynb")) if f.stem not in _NOT_PUBLISHED}
    for name in names:
        if name not in known:
            nearest = hint(name, known, f"there are: {', '.join(known)}")
            raise Unusable(f"notebook {name!r} is unknown: {nearest}")
    return [known[name] for name in (names or known)]


def _first(checkout: Path, installed: Path) -> Path:
    return checkout if checkout.is_dir() else installed
