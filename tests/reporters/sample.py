"""A realistic report to render: invented pages in five languages, with every kind of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mtcheck.core.checks import Documentation
from mtcheck.core.documents import Block, BlockKind, BlockRole
from mtcheck.core.faults import leads
from mtcheck.core.findings import Comparison, Evidence, Finding, Metric, Note, Passage, RelatedPlace, Severity
from mtcheck.core.languages import LanguageShare, LanguageSpan
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.report import (
    SCHEMA_VERSION,
    CheckCount,
    DocumentReport,
    NotChecked,
    Problem,
    ScanReport,
    Scores,
    SeverityCount,
    Signature,
    Statistics,
)
from mtcheck.core.spans import Span
from mtcheck.core.translation import RoundTrip, RoundTrips
from mtcheck.scan.faults import with_faults
from mtcheck.testing import marked

NAMES = {
    "ACC001": ("round-trip-drift", "accuracy/mistranslation"),
    "CON001": ("restatement-contradicts", "accuracy/mistranslation"),
    "CON004": ("name-spelling-varies", "terminology/inconsistent"),
    "DOC003": ("not-checked", "provenance"),
    "ENC004": ("invisible-control", "linguistic/encoding"),
    "LID001": ("mixed-language-page", "accuracy/untranslated"),
    "LID002": ("foreign-block", "accuracy/untranslated"),
    "QUO001": ("unpaired-quotation", "linguistic/punctuation"),
    "REP001": ("repeated-word", "linguistic/duplication"),
    "TYP001": ("punctuation-spacing", "linguistic/punctuation"),
    "UNT003": ("token-leak", "accuracy/mistranslation"),
}
EXPLANATIONS = {
    code: Documentation(
        f"{name.replace('-', ' ').capitalize()}.",
        "what the name of this check says, where no habit of the language explains it.",
        "machine translation leaves this behind, and readers then distrust the rest of the page.",
        "in quoted titles, in names, and where an author did it on purpose.",
    )
    for code, (name, _category) in NAMES.items()
}


@dataclass(frozen=True)
class Said:
    """What to report of one marked span."""

    code: str
    severity: Severity
    message: str
    confidence: float = 0.9
    evidence: tuple[Evidence, ...] = ()
    related: tuple[tuple[int, str], ...] = ()
    """Numbers of other marked spans of the page, each with what it is."""


@dataclass(frozen=True)
class Paragraph:
    """One block; ``text`` has ``⟦...⟧`` round what is found."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    language: str = "en"
    role: BlockRole = BlockRole.MAIN


@dataclass(frozen=True)
class Page:
    """A document of the report with its findings."""

    document: DocumentReport
    findings: tuple[Finding, ...]


def utf16(text: str, span: Span) -> Span:
    """Count UTF-16 code units."""

    def units(end: int) -> int:
        return sum(2 if ord(character) > 0xFFFF else 1 for character in text[:end])

    return Span(units(span.start), units(span.end))


def page(
    path: str,
    language: str,
    title: str | None,
    paragraphs: Sequence[Paragraph],
    said: Sequence[Said],
    *,
    url: str | None = None,
    blocks: bool = True,
) -> Page:
    """Build a page whose marked spans, in order, are what ``said`` speaks of."""
    text, spans = marked("\n\n".join(paragraph.text for paragraph in paragraphs))
    offsets = OffsetMap.identity(text)
    start, made, block_languages, letters = 0, [], [], Counter[str]()
    for paragraph in paragraphs:
        plain, _ = marked(paragraph.text)
        span = Span(start, start + len(plain))
        made.append(Block(paragraph.kind, span, paragraph.role))
        block_languages.append(LanguageSpan(span, paragraph.language, 0.97))
        letters[paragraph.language] += sum(character.isalpha() for character in plain)
        start = span.end + 2
    findings = tuple(
        Finding(
            code=say.code,
            name=NAMES[say.code][0],
            category=NAMES[say.code][1],
            severity=say.severity,
            confidence=say.confidence,
            status="unconfirmed",
            document=path,
            span=span,
            place=offsets.place(span),
            utf16=utf16(text, span),
            text=span.of(text),
            message=say.message,
            evidence=say.evidence,
            related=tuple(
                RelatedPlace(path, spans[other], offsets.place(spans[other]), utf16(text, spans[other]),
                             spans[other].of(text), message)
                for other, message in say.related
            ),
            fingerprint=f"{number:016x}{abs(span.start):08x}",
            fault="",
        )
        for number, (span, say) in enumerate(zip(spans, said, strict=True))
    )  # fmt: skip
    findings = tuple(with_faults(findings))
    # Two characters of Chinese for one word, as is usual.
    words = len(text.split()) if language != "zh" else len(text) // 2
    worst = leads(findings)
    penalty = sum(finding.severity.weight for finding in worst)
    total = sum(letters.values())
    document = DocumentReport(
        id=path,
        path=path,
        title=title,
        url=url,
        encoding="utf-8",
        declared_language=language,
        language=language,
        languages=tuple(
            LanguageShare(name, count / total)
            for name, count in sorted(letters.items(), key=lambda item: -item[1])
            if count
        ),
        foreign=tuple(entry for entry in block_languages if entry.language != language),
        scores=Scores(words, len(findings), len(worst), penalty, penalty * 1000 / words if words else None),
        text=text,
        blocks=tuple(made) if blocks else (),
        block_languages=tuple(block_languages) if blocks else (),
    )
    return Page(document, findings)


CHRF = "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.5.1"


@dataclass(frozen=True)
class Sent:
    """A sentence of a page that was sent to another language and back."""

    text: str
    forward: str
    back: str
    chrf: float | None
    unusable: str = ""


def with_round_trips(base: Page, pivot: str, sent: Sequence[Sent], language: str | None = None) -> Page:
    """Give a page its round trips; each sentence is where its text first stands."""
    text = base.document.text
    trips = tuple(
        RoundTrip(
            Span(text.index(each.text), text.index(each.text) + len(each.text)),
            language or base.document.language,
            pivot,
            each.forward,
            each.back,
            each.chrf,
            each.unusable,
        )
        for each in sent
    )
    return Page(replace(base.document, round_trips=RoundTrips(trips, "tiny 1 <en-es>", CHRF)), base.findings)


def scan_report(
    pages: Sequence[Page], not_checked: Sequence[NotChecked] = (), problems: Sequence[Problem] = ()
) -> ScanReport:
    """Put pages together into the report of a scan."""
    findings = tuple(
        sorted(
            (finding for each in pages for finding in with_faults(each.findings)),
            key=lambda finding: (finding.document, finding.span, finding.code),
        )
    )
    by_severity = Counter(finding.severity for finding in findings)
    by_check = Counter(finding.code for finding in findings)
    return ScanReport(
        SCHEMA_VERSION,
        Signature("mtcheck", "0.1.0", "5b1c9e", ("langdetect profiles 1.0.9", "apertium en-es"), tuple(sorted(NAMES))),
        tuple(each.document for each in pages),
        findings,
        tuple(not_checked),
        tuple(problems),
        Statistics(
            len(pages),
            sum(each.document.scores.words for each in pages),
            len(findings),
            tuple(SeverityCount(severity, by_severity[severity]) for severity in Severity),
            tuple(CheckCount(code, by_check[code]) for code in sorted(by_check)),
        ),
    )


def english_page() -> Page:
    """A page made by machine: lost quotation mark, contradiction, names spelt two ways, a foreign comment."""
    base = page(
        "pages/harbor-treaty.txt",
        "en",
        "Orlan: talks between Varen and Tesk have reached a critical and dangerous point",
        [
            Paragraph("Home   World   Economy   Sport", BlockKind.NAVIGATION, role=BlockRole.FURNITURE),
            Paragraph("Subscribe to our letters", BlockKind.LABEL, role=BlockRole.FURNITURE),
            Paragraph(
                "Orlan: talks between Varen and Tesk have reached ⟦a critical and dangerous point⟧", BlockKind.HEADLINE
            ),
            Paragraph(
                "Varen, 12 May. The minister for the harbors, ⟦Sergey⟧ Orlan, said that the talks have reached "
                "⟦a point of improvement⟧.",
                BlockKind.SUMMARY,
            ),
            Paragraph(
                "⟦Sergei⟧ Orlan told reporters in the port of Varen that the treaty on the lighthouses is the only way "
                "out ⟦, and⟧ that “nobody has the right to close the strait to the fishermen of the north.”"
            ),
            Paragraph(
                "He pointed out that there are no differences that could not be settled between the two harbors. "
                "⟦Topics the city of Tesk needs only when our fair concerns are proudly ignored.”⟧ The minister "
                "went on that ⟦the the⟧ pilots had been waiting since the winter 🚢 and that ⟦<unk>⟧ was agreed."
            ),
            Paragraph(
                "⟦“We shall answer ⟦in in⟧ kind,” said the mayor of Tesk, whose office has not confirmed the visit of the "
                "delegation; the round trip of this sentence lost the word ‘not’.⟧"
            ),
            Paragraph("Комментарии читателей", BlockKind.LABEL, "ru", BlockRole.FURNITURE),
            Paragraph(
                "⟦Наконец-то они договорились о маяках, а то зимой в проливе ничего не видно, и лоцманы жалуются.⟧",
                BlockKind.COMMENT,
                "ru",
            ),
            Paragraph("© The Varen Courier", BlockKind.FOOTER, role=BlockRole.FURNITURE),
        ],
        [
            Said("CON001", Severity.MAJOR, "The headline says “a critical and dangerous point”, the summary “a point of improvement”", 0.82,
                 (Comparison("headline", "talks have reached a critical and dangerous point", "summary",
                             "talks have reached a point of improvement",
                             (Span(21, 43),), (Span(21, 26), Span(30, 41)), "en"),), ((2, "says the opposite"),)),
            Said("CON004", Severity.MINOR, "“Sergey” stands here, “Sergei” elsewhere on the page", 0.95,
                 (Note("spellings", "Sergey 1, Sergei 1"),), ((3, "other spelling"),)),
            Said("CON001", Severity.MAJOR, "The summary contradicts the headline", 0.82, (), ((0, "the headline"),)),
            Said("CON004", Severity.MINOR, "“Sergei” stands here, “Sergey” elsewhere on the page", 0.95, (), ((1, "other spelling"),)),
            Said("TYP001", Severity.MINOR, "A space stands before the comma", 1.0),
            Said("QUO001", Severity.MAJOR, "This speech ends in a closing mark, but its opening mark is missing", 0.88,
                 (Passage("the same quotation in pages/tesk.txt",
                          "We will not engage in a talk only on topics the city of Tesk needs when our fair concerns are proudly ignored.",
                          "en", (Span(3, 11),)),
                  Note("where it may have begun", "before “Topics”, at the start of the sentence"))),
            Said("REP001", Severity.MINOR, "“the” stands twice in a row", 0.9),
            Said("UNT003", Severity.CRITICAL, "“<unk>” is a token of a translation model, not a word", 0.99),
            Said("ACC001", Severity.MAJOR, "The round trip through Spanish changed the sense of this sentence", 0.64,
                 (Comparison("page", "whose office has not confirmed the visit of the delegation",
                             "back through Spanish", "whose office has confirmed the visit of the delegation",
                             (Span(17, 20),), (), "en"),
                  Metric("chrF", 61.2345, "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.5.1"),
                  Metric("page median chrF", 84.5))),
            Said("REP001", Severity.MINOR, "“in” stands twice in a row", 0.9),
            Said("LID002", Severity.MINOR, "This comment is in Russian; the page is in English", 0.995,
                 (Metric("probability of Russian", 0.9987), Note("share of the page", "12 % of its letters"))),
        ],
        url="https://courier.example/2031/05/harbor-treaty",
    )  # fmt: skip
    return with_round_trips(
        base,
        "es",
        [
            Sent("Varen, 12 May.", "Varen, 12 de mayo.", "Varen, 12 May.", 100.0),
            # Not in the order of the text: a report sorts them.
            Sent("The minister went on that the the pilots had been waiting since the winter 🚢 and that <unk> was agreed.",
                 "El ministro dijo que los pilotos esperaban desde el invierno.",
                 "The minister said that the pilots waited since the winter.", 48.25),
            Sent("He pointed out that there are no differences that could not be settled between the two harbors.",
                 "Señaló que no hay diferencias que no puedan resolverse entre los dos puertos.",
                 "He said that there are no differences that cannot be settled between the two ports.", 70.04),
            Sent("Topics the city of Tesk needs only when our fair concerns are proudly ignored.”",
                 "temas temas temas temas temas temas temas", "", None, "loop"),
        ],
    )  # fmt: skip


def arabic_page() -> Page:
    """A right-to-left page with a Latin remnant."""
    base = page(
        "pages/arabic.html",
        "ar",
        "وزير الموانئ: المحادثات وصلت إلى مرحلة حاسمة",
        [
            Paragraph("وزير الموانئ: المحادثات وصلت إلى مرحلة حاسمة", BlockKind.HEADLINE, "ar"),
            Paragraph(
                "قال وزير الموانئ في مدينة فارين إن ⟦إن⟧ المحادثات حول المنارات وصلت إلى مرحلة حاسمة، وأضاف أن "
                "الصيادين ينتظرون ⟦the answer of the committee⟧ منذ الشتاء الماضي.",
                BlockKind.LEAD,
                "ar",
            ),
            Paragraph(
                "وأكد الوزير ⟦«أن أحدا لا يملك الحق في إغلاق المضيق أمام سفن الشمال⟧ وأن الاتفاق قريب في عام 2031.",
                BlockKind.PARAGRAPH,
                "ar",
            ),
        ],
        [
            Said("REP001", Severity.MINOR, "“إن” stands twice in a row", 0.9),
            Said("LID002", Severity.MAJOR, "This span is in English; the page is in Arabic", 0.97,
                 (Metric("probability of English", 0.97),)),
            Said("QUO001", Severity.MAJOR, "The quotation “«” is opened and never closed", 0.91,
                 (Comparison("الصفحة", "أن أحدا لا يملك الحق في إغلاق المضيق", "المرجع", "أن لأحد الحق في إغلاق المضيق",
                             (Span(3, 15),), (Span(3, 7),), "ar"),)),
        ],
    )  # fmt: skip
    return with_round_trips(
        base,
        "en",
        [
            Sent("وزير الموانئ: المحادثات وصلت إلى مرحلة حاسمة", "Minister of ports: the talks reached a decisive stage",
                 "وزير المرافئ: المحادثات بلغت مرحلة حاسمة", 61.5),
        ],
    )  # fmt: skip


def hebrew_page() -> Page:
    """A right-to-left page without a title."""
    return page(
        "pages/hebrew.txt",
        "he",
        None,
        [
            Paragraph(
                "שר הנמלים אמר כי ⟦כי⟧ השיחות על המגדלורים הגיעו לנקודה מכרעת, והדייגים מחכים לתשובה.", language="he"
            ),
            Paragraph("הוועדה תתכנס ביום שני בשעה 10:30 בנמל ⟦Varen⟧.", language="he"),
        ],
        [
            Said("REP001", Severity.MINOR, "“כי” stands twice in a row"),
            Said("LID002", Severity.NEUTRAL, "A Latin word stands in a Hebrew sentence", 0.35),
        ],
    )


def chinese_page() -> Page:
    """Wide characters, and a record of a feed."""
    return page(
        "feeds/chinese.jsonl#7",
        "zh",
        "港口部长:谈判已到关键时刻",
        [
            Paragraph("港口部长:谈判已到关键时刻", BlockKind.HEADLINE, "zh"),
            Paragraph(
                "部长在瓦伦港表示,⟦灯塔条约灯塔条约灯塔条约⟧是唯一的出路,渔民们自冬天以来一直在等待答复⟦ 。⟧",
                language="zh",
            ),
        ],
        [
            Said("REP001", Severity.MAJOR, "“灯塔条约” stands three times in a row", 0.98),
            Said("TYP001", Severity.MINOR, "A space stands before the full stop", 0.7),
        ],
    )


def mixed_page() -> Page:
    """Half English, half Russian."""
    russian = "Министр сказал, что переговоры о маяках продолжатся в мае, а лоцманы пролива ждут ответа с самой зимы."
    english = (
        "The minister said that the talks on the lighthouses go on in May, and the pilots have waited since winter."
    )
    return page(
        "pages/mixed.html",
        "en",
        "Pilots wait for the lighthouse treaty",
        [
            Paragraph("⟦Pilots wait for the lighthouse treaty⟧", BlockKind.HEADLINE),
            Paragraph(english),
            Paragraph(f"⟦{russian}⟧", BlockKind.QUOTATION, "ru"),
            Paragraph(english),
            Paragraph(f"⟦{russian}⟧", language="ru"),
        ],
        [
            Said("LID001", Severity.MAJOR, "The page is 50 % English and 50 % Russian", 0.99),
            Said("LID002", Severity.MAJOR, "This quotation is in Russian; the page is in English", 0.99),
            Said("LID002", Severity.MAJOR, "This paragraph is in Russian; the page is in English", 0.99),
        ],
    )


def clean_page() -> Page:
    """No findings."""
    return page(
        "pages/clean.md",
        "en",
        "The lighthouse keeper retires",
        [
            Paragraph("The lighthouse keeper retires", BlockKind.HEADLINE),
            Paragraph("After forty years in the tower, Ana Belmar hands over the keys of the light at Cape Orso."),
        ],
        [],
    )


def sample_report() -> ScanReport:
    """Return the whole: six pages, an unreadable input, things not checked."""
    return scan_report(
        [english_page(), arabic_page(), hebrew_page(), chinese_page(), mixed_page(), clean_page()],
        [
            NotChecked("pages/arabic.html", ("ACC001",), "no translation model for Arabic", incomplete=True),
            NotChecked("pages/hebrew.txt", ("ACC001",), "no translation model for Hebrew", incomplete=True),
            NotChecked(
                "pages/clean.md", ("LID001",), "too short to tell the language apart (96 letters)", incomplete=False
            ),
            NotChecked(None, ("CON004",), "name lists were not given", incomplete=False),
        ],
        [
            Problem("input", "pages/broken.html", "the file ends inside a multi-byte character"),
            Problem("check", "pages/mixed.html", "TYP001 crashed: ValueError: not a span: [9, 3)"),
        ],
    )


def busy_report(findings: int = 1000) -> ScanReport:
    """One page of 3,000 words with many findings, folded furniture, and a word longer than any line."""
    words = "the pilots of the northern harbor wait for the light of the tower while the fishermen mend".split()
    said, paragraphs, count = (
        [],
        [Paragraph(f"Menu {number}", BlockKind.NAVIGATION, role=BlockRole.FURNITURE) for number in range(9)],
        0,
    )
    for number in range(30):
        pieces = [f"{words[(index + number) % len(words)]}" for index in range(100)]
        for index in range(0, 100, 3):
            if count < findings:
                pieces[index] = f"⟦{pieces[index]}⟧"
                severity = tuple(Severity)[count % 4]
                said.append(Said("REP001", severity, f"“{pieces[index][1:-1]}” stands here for the {count}th time"))
                count += 1
        paragraphs.append(Paragraph(" ".join(pieces)))
    paragraphs.append(Paragraph("Lighthouse" * 200))
    return scan_report([page("pages/busy.txt", "en", "W" * 300, paragraphs, said)])


HOSTILE = (
    "</script><img src=x onerror=window.pwned=1>]]><script>window.pwned=1</script>\u202e\x00\x1b[31m\x9b{{7*7}}\ud800"
)


def hostile_report() -> ScanReport:
    """Every text of the report is an attack on whatever shows it."""
    base = page(
        f"{HOSTILE}/../../evil.html",
        "en\" onload=\"window.pwned=1",
        HOSTILE,
        [Paragraph(f"{HOSTILE} ⟦{HOSTILE}⟧ {HOSTILE}", language="x\"><script>window.pwned=1</script>")],
        [
            Said("QUO001", Severity.CRITICAL, HOSTILE, 0.5,
                 (Note(HOSTILE, HOSTILE), Metric(HOSTILE, 1.0, HOSTILE), Passage(HOSTILE, HOSTILE, HOSTILE, (Span(0, 5),)),
                  Comparison(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Span(2, 9),), (Span(0, 4),), HOSTILE)),
                 ((0, HOSTILE),)),
        ],
        url="javascript:window.pwned=1",
    )  # fmt: skip
    base = with_round_trips(
        base,
        HOSTILE,
        [Sent(HOSTILE, HOSTILE, f"{HOSTILE} {HOSTILE}", 50.0), Sent(HOSTILE, HOSTILE, HOSTILE, None, HOSTILE)],
        HOSTILE,
    )
    finding = replace(
        base.findings[0], name=HOSTILE, category=HOSTILE, status=HOSTILE, fingerprint=HOSTILE, code=HOSTILE
    )
    return scan_report(
        [Page(base.document, (finding,))],
        [
            NotChecked(base.document.id, (HOSTILE,), HOSTILE, incomplete=True),
            NotChecked(None, (), HOSTILE, incomplete=False),
        ],
        [Problem(HOSTILE, HOSTILE, HOSTILE), Problem("check", base.document.id, HOSTILE)],
    )


def damaged_quotation() -> Page:
    """One damaged quotation that four checks of a family speak of, and a repeated word inside it."""
    names = {"QUO003": "quotation-lost-its-opening", "QUO006": "garbled-quotation"}
    base = page(
        "pages/quotation.txt",
        "en",
        "The mayor of Tesk answers",
        [
            Paragraph(
                "The mayor went on. ⟦Topics the the city needs only when our fair concerns are proudly ignored.”⟧ "
                "Nobody in ⟦Tesk⟧ would say more."
            ),
        ],
        [
            Said("QUO001", Severity.MAJOR, "The quotation “”” is closed and never opened", 0.9),
            Said("LID002", Severity.MINOR, "A name", 0.6),
        ],
    )
    first, name = base.findings
    text, end = base.document.text, first.span.end
    inside = text.index("the the")

    def variant(code: str, span: Span, severity: Severity, confidence: float, **changes: object) -> Finding:
        made = replace(
            first, code=code, name=names.get(code, "repeated-word"), span=span, text=span.of(text),
            severity=severity, confidence=confidence, message=f"{code} speaks here", fingerprint=f"f{code}{span.start}",
        )  # fmt: skip
        return replace(made, **changes)  # type: ignore[arg-type]

    mark = replace(first, span=Span(end - 1, end), text="”")
    return Page(
        base.document,
        tuple(
            with_faults(
                sorted(
                    (
                        mark,
                        variant("QUO003", first.span, Severity.MAJOR, 0.8),
                        variant("QUO006", Span(first.span.start, end - 1), Severity.MAJOR, 0.95),
                        variant("REP001", Span(inside, inside + 7), Severity.MINOR, 0.9),
                        name,
                    ),
                    key=lambda finding: (finding.span, finding.code),
                )
            )
        ),
    )


def crowded_report(findings: int, words_between: int = 1) -> ScanReport:
    """One page on which every so many words are found to be repeated; made fast enough for 10,000."""
    (template, *_), base = english_page().findings, clean_page().document
    unit = "the the " + "pilot " * words_between
    blocks, made, position, paragraphs = [], [], 0, []
    for start in range(0, findings, 50):
        text = (unit * min(50, findings - start)).strip()
        blocks.append(Block(BlockKind.PARAGRAPH, Span(position, position + len(text))))
        paragraphs.append(text)
        for index in range(min(50, findings - start)):
            span = Span(position + index * len(unit), position + index * len(unit) + 7)
            number = start + index
            made.append(
                replace(
                    template, code="REP001", name="repeated-word", severity=tuple(Severity)[number % 4],
                    document=base.id, span=span, utf16=span, text="the the", evidence=(), related=(),
                    message=f"“the” stands twice in a row, for the {number}th time", fingerprint=f"{number:020x}",
                )
            )  # fmt: skip
        position += len(text) + 2
    whole = "\n\n".join(paragraphs)
    languages = tuple(LanguageSpan(block.span, "en", 0.99) for block in blocks)
    document = replace(
        base, text=whole, blocks=tuple(blocks), block_languages=languages,
        scores=Scores(len(whole.split()), findings, findings, findings, 1.0),
    )  # fmt: skip
    return scan_report([Page(document, tuple(made))])


def many_documents(count: int) -> ScanReport:
    """A scan of so many small documents, each with a title of its own."""
    base = clean_page().document
    documents = tuple(
        replace(
            base,
            id=f"pages/{number:05}.html",
            path=f"pages/{number:05}.html",
            title=f"Lighthouse number {number}",
            scores=Scores(100 + number % 7, 0, 0, number % 5, float(number % 5)),
        )
        for number in range(count)
    )
    return replace(scan_report([]), documents=documents)
