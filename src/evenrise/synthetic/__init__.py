"""An invented district, of any size, with truths planted in it."""
