"""What a cycle watches by the week: the usual ups and downs, or a signal?

`reading.py` reads the weeks of a measure, for all and for each group; `judging.py`
chooses the chart (METHODS card 7) and finds what is unusual; `together.py` says whether
all rose and the gap narrowed; `words_en.py` and `words_es.py` are twins that tell it.
"""
