"""From a snapshot to the review of one district: the floors of the house, joined once.

The `review` command and the pages of the workspace both call `review_snapshot`.
"""
