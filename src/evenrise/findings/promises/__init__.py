"""What a plan promised in numbers, read against the facts of each year.

`reading.py` reads one measure; `rules.py` holds the table of the five readings and of
the red light; `words_en.py` and `words_es.py` are twins that tell them. Only counts
that are shown come in, so nothing here has to be protected again.
"""
