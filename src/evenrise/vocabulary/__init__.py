"""The words of the house: frozen values that every floor shares.

Standard library only. A word here has one meaning (docs/glossary.md) and refuses
nonsense when it is built.
"""
