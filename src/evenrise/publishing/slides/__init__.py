"""The review as slides for a board meeting, with charts that people can edit."""
