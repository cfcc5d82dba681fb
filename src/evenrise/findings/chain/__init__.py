"""An initiative's chain: learning reached them, practice changed, students gained."""
