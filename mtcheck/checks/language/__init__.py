"""Language: parts of a page that are not in its language, and residue of the machinery."""
