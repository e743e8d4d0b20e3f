"""From a scan report to files."""
