"""Early warning and supports: who needs somebody, what was begun, what helps."""
