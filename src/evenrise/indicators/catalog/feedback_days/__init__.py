"""Days from due date to feedback."""
