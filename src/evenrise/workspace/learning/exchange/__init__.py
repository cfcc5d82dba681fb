"""Maps of practice as files: CSV and DOCX there and back."""
