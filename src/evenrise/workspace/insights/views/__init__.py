"""The pages of this room: door, then a query or an action, then a template."""
