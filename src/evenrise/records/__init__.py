"""Records: what a district or an agency wrote, read with care and kept whole.

Files come in (`files`), are recognised and read (`sources`), are checked row by row
against the tables they claim to be (`contracts`, `checks`) and become one immutable
snapshot (`snapshots`). `importing` leads the way through; `report` tells the story.
"""
