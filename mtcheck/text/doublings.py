"""Words that rightly stand twice in a row: grammar, emphasis, interjections and names, by language.

Made from grammar and from looking at doubled words in edited human text of each language. Where a doubling is right in one
reading and a slip in another ("is is", "it it"), it is listed only when the right reading is the usual one.
"""

from __future__ import annotations

# Languages in which doubling a word is ordinary grammar (plural, emphasis, "one by one"): a doubled word says nothing there.
REDUPLICATING = frozenset(
    """
    az bn ceb fa fil gu haw hi hu id ja jv kk km kn ko ku ky lo mi mk ml mr ms my ne or pa ps sd si sm sq su sw ta te th tk
    tl to tr tt ug ur uz vi yo zh zu
    """.split()
)

# Doublings that a language allows, in lower case.
ALLOWED: dict[str, frozenset[str]] = {
    "ar": frozenset("لم جدا جداً دكا صفا رويدا رويداً شيئا شيئاً يوما واحدا واحداً ألف لا كلا نعم هيا مهلا أهلا بس".split()),
    "be": frozenset("так не ну што".split()),
    "bg": frozenset("да не ще едва".split()),
    "ca": frozenset("molt quasi nos".split()),
    "cs": frozenset("se si to je tak no".split()),
    "da": frozenset("der det er har meget på for i".split()),
    "de": frozenset(
        """
        die der das sie ihr den dem denen sehr ganz so ja nein na wer was nun an auf aus bei durch für in mit unter von vor zu
        über um es hin her
        """.split()
    ),
    "el": frozenset("σιγά λίγο πολύ τώρα πρωί άκρη κάπου μόλις ίσα γύρω που".split()),
    "en": frozenset(
        """
        had that is her do so now very many much really far way long there bye night no yes even nil well over plus
        """.split()
    ),
    "es": frozenset("casi muy nos no sí ya poco luego bien así".split()),
    "et": frozenset("on väga".split()),
    "fi": frozenset("on ja he se hyvin".split()),
    "fr": frozenset("nous vous faire très bien petit en oui non mieux arrière si fort ton pas-à-pas".split()),
    "he": frozenset("לאט אט אחד מאוד יום לא כן מעט פעם הרבה שניים".split()),
    "hr": frozenset("je da se malo vrlo jako".split()),
    "it": frozenset("piano pian via quasi così molto sotto lì là subito appena poco ben vi ci sì no man mano mogi zitto".split()),
    "nl": frozenset("dat die is heel zeer dan we zo ja nee".split()),
    "no": frozenset("det der er på at har for veldig".split()),
    "pl": frozenset("to co tak nie się bardzo już ledwo".split()),
    "pt": frozenset("logo quase muito nos não sim já bem assim".split()),
    "ro": frozenset("încet foarte nu da ne vă le mai".split()),
    "ru": frozenset("да нет то ну очень давно далеко чуть едва еле вот всё их его как так".split()),
    "sk": frozenset("sa si to je tak".split()),
    "sl": frozenset("se je zelo da".split()),
    "sr": frozenset("је да се мало врло je da se malo vrlo".split()),
    "sv": frozenset("det de är för på som att har mycket".split()),
    "uk": frozenset("так ні то ну дуже давно далеко ледве ось все їх його як".split()),
}

# Words that are two words when the first opens a sentence or is a name: "Will will", "Sie sie", "May may".
HOMOGRAPHS = frozenset("will may can mark bill sie ihr weg morgen leben essen como nada los la van der dei das".split())

# Words that say a sound, a laugh or a call and are nothing else in any language; they may stand any number of times.
SOUNDS = frozenset(
    """
    ah aha aïe aie aw aww bah bam bang beep bing bip blah bling bong boo boom boop bravo bum bye cha chug clap clic cluck
    cuckoo ding dong doo dum eh fa gimme glug gobble ha haha hahaha heh hee hehe hey hip hmm hmmm ho hoo hop hubba huhu hum hurra
    hurrah hush ja knock lala lalala li lo miau miaou mmm moo nah nana nananana nein neigh nyet oh ohe oho oi oink ole olé om ooh oui
    ow pip pling plop pom poof pow psst puf puff quack ra rah rat ring roar sha shh ta tac tak tap tata tic tick toc tock
    tra tsk tut uh uhu wah whoa wow yada yadda yah yay ye yeah yep yo yum zip zoom zzz ай ах бла бум бух вау гав динь дзинь
    ей эй эх ква кхе ля мяу ой ох пиф плюх пф тик трам тук тук-тук ура ух уф фу ха хе хи хо цып чик гей آه ها هه هاها هههه
    أخ أوه הה חה חחח
    """.split()
)

# Words that people call, chant or sing over and over; three and more of them in a row are no loop.
CALLS = frozenset(
    """
    again bla chop chin da day down easy far fly fee fi fo ça go goal gol he hi in je la long mais mamma me money more my na ne never ni
    nie night no non now on out peace rain round run sanctus holy santo sí si sim sì so stop te ti tu turn um up usa wait walk war
    way work yes you да давай идёт вот нет нi ні никогда ну на не раз так ещё еще свят شو لا كلا نعم الله آمين يلا بس هلا كفى כן לא קדוש די
    """.split()
)

# Names that double a word. Only the doubled word is listed, in lower case.
DOUBLED_NAMES = frozenset(
    """
    agar aka azzam bab baba baden bafana baw bebe bella berber bing bio blah boing bora bora boutros bunga butter caca chi chol
    choo chop chow chuck circus coco cous dada didi dik ding dodo dongo drung dum duran dum fafa fifi fofo fou gaga galeries
    gigi gonzo goonoo gogo hakka hoa hubba hula humphrey ipso jar jay jojo johnson jus kaka kangaroo kappa kazim kim ko koko kris
    kuku lala lang laurie lau lenny lili lin ling long lulu lomi mahi mama marie mei milly mimi ming moto moshi mumu nana naxal
    neko nene nini nono nunu ojo pago papa pago paw phi pili pio please poe poo pom puka puli pupu qiqi quin ra rapa rara roa rimutaka
    roro ruru run sa sing sirhan sisi soldier spend tan tap tata tiki timor tingting titi toto tora tuk tutu twin ubu
    vava vivi wagga walla wan wee wiki woo woy xai yada yo yoyo york yuyu zaza zsa zizi zuzu тин тинтин роа дуран буа бора сан
    دوران بورا روا بابا تان بار رואה
    """.split()
)

# Articles: they never stand in an idiom that repeats a word over a link.
ARTICLES = frozenset("the an el los las le les un une il lo gli os das der die den dem des ein eine het de het".split())

# Words that link two copies of one word or phrase into an idiom: "over and over and over", "step by step by step".
LINKING = frozenset(
    """
    a à al and als an auf bis by après contre da de dei di do e ed el en et for from i in into la le men met na non nach not of og
    on or oder och ou para per plus por sur til to um und upon von y zu а в за и или к на не но о по с та та і й чи від до во
    في و من إلى على بعد أو ثم تلو ב על ו מ
    """.split()
)
