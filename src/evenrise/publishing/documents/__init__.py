"""The review as a tagged document: PDF/UA-1 and PDF/A-2a."""
