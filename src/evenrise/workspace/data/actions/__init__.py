"""What people do in this room: each verb one function, one transaction, on record."""
