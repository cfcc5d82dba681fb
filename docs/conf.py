"""Settings of the manual: Markdown in four folders, no scripts from elsewhere."""

project = "Evenrise"
author = "The Evenrise engineers"
project_copyright = "the Evenrise engineers, Apache-2.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Evenrise"
html_show_sphinx = False
nitpicky = True
