"""Inquiry cycles: ask, try, study, decide; and the practices that come of them."""
