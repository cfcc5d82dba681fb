"""Charts as typed SVG templates: one file a kind of picture, one picture everywhere."""
