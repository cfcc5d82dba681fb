"""The publishing floor: protected facts in; pages, documents and slides out."""
