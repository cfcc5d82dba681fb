"""What the templates of sign-in ask for."""
