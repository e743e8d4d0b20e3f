"""Where models come from: the embedded ones, those of a hub, their hashes and licenses."""
