"""A folder of pages for editors: an index, and for each document its text with the findings beside it.

Every file stands for itself: styles and scripts are inside, a content-security policy allows just these by their digests,
and nothing is ever requested from anywhere. Scanned text only ever stands as escaped text.
"""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.core.report import ScanReport
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.html.folder import ReportFolder, page_names
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations


@dataclass(frozen=True, slots=True)
class HtmlReporter:
    """Writes an index and one page a document into a folder."""

    name: str = "html"
    summary: str = "a folder of pages for editors: the text with its findings, and the evidence beside it"
    writes_folder: bool = True

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the pages, then the index, then remove the pages of an earlier report that are no longer in this one.

        Raises ``UsageError`` for a stream, and ``OutputError`` where the folder holds an index that mtcheck did not write.
        """
        from mtcheck.reporters.html.rendering import render_index, render_pages, report_files

        names = page_names(head.id for head in report.heads)
        folder = ReportFolder(destination.folder)
        folder.open()
        folder.announce(report_files(report, names))
        for name, content in render_pages(report, names, explanations):
            folder.write(name, content)
        for name, content in render_index(report, names):
            folder.write(name, content)
        folder.finish()


REPORTER = HtmlReporter()
