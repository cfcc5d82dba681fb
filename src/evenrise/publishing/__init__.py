"""The publishing floor: a protected review in; pages, documents and slides out."""
