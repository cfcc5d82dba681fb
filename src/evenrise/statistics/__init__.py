"""The statistics floor: arrays and frozen dataclasses in, estimates out."""
