"""English words that can be the verb of a clause; data for the checks of fragments, fused clauses and agreement.

A word form counts as a possible verb where it is listed here or ends in a way that verbs end; nouns that end the same way are taken for verbs,
so that what has no verb by this measure has none.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


AUXILIARIES: frozenset[str] = _words(
    """is are was were am has have had do does did will would can could shall should may might must cannot isn't aren't wasn't weren't
    hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't isn’t aren’t wasn’t weren’t hasn’t
    haven’t hadn’t don’t doesn’t didn’t won’t wouldn’t can’t couldn’t shouldn’t mustn’t ain't ain’t it's it’s that's that’s there's
    there’s he's he’s she's she’s i'm i’m we're we’re they're they’re you're you’re i've i’ve we've we’ve they've they’ve i'll i’ll
    he'll he’ll she'll she’ll we'll we’ll they'll they’ll it'll it’ll i'd i’d he'd he’d she'd she’d we'd we’d they'd they’d you've
    you’ve you'll you’ll you'd you’d what's what’s who's who’s let's let’s here's here’s where's where’s how's how’s"""
)
IRREGULAR_PASTS: frozenset[str] = _words(
    """became began bent bet bit bled blew bought bound bred broke brought built burnt burst came cast caught chose clung cost crept
    cut dealt drank dreamt drew drove dug dwelt fed fell felt fled flew flung forbade forgot forgave fought found froze gave got grew
    ground heard held hid hit hung hurt kept knelt knew laid lay leant leapt learnt led left lent let lit lost made meant met
    mistook overcame overtook paid put quit ran rang read rid rode rose said sang sank sat saw sent set shed shone shook shot showed
    shrank shut slept slid slung slunk sold sought spat sped spent spilt spoke spoilt split sprang spread spun stole stood struck
    stuck stung stank strode strove swam swept swore swung taught thought threw thrust told took tore underwent understood undertook
    upheld went wept withdrew withstood woke won wore wove wound wrote arose ate awoke beat befell foresaw foretold outdid"""
)
BASE_VERBS: frozenset[str] = _words(
    """accept account achieve act add address affect agree aim allow announce answer appear apply argue ask attack attend avoid base bear
    beat become begin believe belong break bring build buy call care carry cause change charge check choose claim climb close come
    complain concern confirm connect consider contain continue contribute control cook count cover create cry damage deal decide
    deliver demand deny depend describe deserve design destroy develop die disagree discover discuss draw dream drink drive drop eat
    enable encourage end enjoy ensure enter establish exist expect explain express face fail fall feed feel fight fill find finish
    fit fly follow forget form gain get give go grow happen hate have hear help hide hit hold hope hurt identify imagine improve
    include increase indicate influence inform intend introduce invest invite involve join jump keep kill know lack last laugh launch
    lay lead learn leave lend let lie like limit link listen live look lose love make manage mark matter mean measure meet mention
    mind miss move need note notice obtain occur offer open order own pass pay perform pick place plan play point prefer prepare
    present press prevent produce promise protect prove provide publish pull push put raise reach read realize receive recognize
    record reduce refer reflect refuse regard relate release remain remember remove repeat replace reply report represent require
    rest result return reveal ring rise roll run save say see seek seem sell send separate serve set settle share shoot show shut
    sing sit sleep smile solve sort sound speak spend stand start state stay stop strike study succeed suffer suggest support suppose
    survive take talk teach tell tend test thank think throw touch train travel treat try turn understand use visit vote wait walk
    want warn wash watch wear welcome win wish wonder work worry write wrote"""
)
_NO_VERB_ENDINGS = ("ss", "us", "ous", "'s", "’s", "ics")


def may_be_verb(word: str) -> bool:
    """Tell whether a word (in lower case) may be a finite verb: a listed one, or one that ends in -ed or -s."""
    if word in AUXILIARIES or word in IRREGULAR_PASTS or word in BASE_VERBS:
        return True
    if word.endswith(("n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m")):
        return True
    return len(word) > 3 and (word.endswith("ed") or (word.endswith("s") and not word.endswith(_NO_VERB_ENDINGS)))
