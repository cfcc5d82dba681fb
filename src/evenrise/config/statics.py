"""Static files named by their content, so that browsers keep them for good."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """As whitenoise does it; a file that is not gathered yet keeps its plain name.

    Tests and commands run before the files are gathered; pages are served after.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name with the hash of its content, or the plain one before gathering."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
