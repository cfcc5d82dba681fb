"""Foundation: the door, the audit log, the furniture of pages."""
