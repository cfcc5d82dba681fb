"""Does a support help? What followed it, beside comparable students (METHODS card 9).

`assemble.py` finds the comparable students, `judge.py` says what may be said of them,
`words.py` says it in English and Spanish. No student and no adult is named, and no
adult's students are compared with another's.
"""
