"""Early warning: flags in words, conditions, and cards that say how well flags find."""
