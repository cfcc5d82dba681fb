"""People: persons, roles, scopes, and the directory of schools and students."""
