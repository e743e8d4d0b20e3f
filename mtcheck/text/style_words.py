"""Words of English that carry style rather than topic: grammar, degree, stance, connection.

They are data for ``mtcheck.text.style``: these stay as they are, everything else is reduced to its shape.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FUNCTION_WORDS: frozenset[str] = _words(
    """a about above according across after again against ago all almost along already also although always am among an and
    another any anyone anything are around as at away back be became because become been before behind being below best better
    between both but by can cannot could despite did do does doing done down due during each either else enough especially even
    ever every everyone everything except far few fewer finally first for former found from further get gets getting give given
    go goes going got had has have having he help hence her here herself him himself his how however if in indeed instead into is
    it its itself just keep kept know known last later latter least left less let like likely made mainly make makes making many
    may maybe me might mine more moreover most mostly much must my myself near nearly need neither never nevertheless new next no
    nobody none nor not nothing now of off often on once one only onto or other others otherwise our ourselves out over own part
    people perhaps put quite rather really regarding relevant said same saw say says see seem seemed seems several shall she should
    show since so some someone something sometimes soon still such take taken than that the their them themselves then there
    therefore these they thing things think this those though through throughout thus time to today together told too took toward
    towards two under unless until up upon us use used using various very via want wanted was way we well went were what when
    where whereas whether which while who whole whom whose why will with within without would year years yes yet you your
    don't doesn't didn't can't couldn't won't wouldn't isn't aren't wasn't weren't hasn't haven't hadn't it's that's there's he's
    she's i'm i've we're they're you're i"""
)
CONNECTIVES: frozenset[str] = _words(
    """also although because besides but consequently finally first furthermore hence however in indeed instead meanwhile
    moreover nevertheless second similarly so still then therefore thus while yet and"""
)
