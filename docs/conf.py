"""The site of the documentation: `make docs`."""

project = "privacy-audits"
author = "the developers of privacy-audits"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["adapters/*"]
html_theme = "furo"
html_title = "privacy-audits"
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "misc.highlighting_failure"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
default_role = "code"  # one backtick in a docstring
html_static_path = ["_static"]
html_css_files = ["site.css"]
