"""Brazilian and European Portuguese: spellings and everyday words that only one of the two writes.

Since the orthographic agreement of 1990 what is left is mostly the vowel before m and n (econômico, económico), a few consonants
(contato, contacto), the names of places, and words. Words that the other side uses in another sense are left out (fato is a
suit in Lisbon, de facto is Latin in Brazil too, and Irão is also a form of a verb).
"""

from __future__ import annotations

from mtcheck.text.variants import Variants, finder

# The circumflex of Brazil; Portugal has an acute there. Endings follow.
_VOWEL = (
    "acadêmic agrônom anônim autônom cômic crônic econômic eletrônic fenômen gênio gêner gême harmônic icônic ingênu irônic "
    "polêmic prêmi sinônim telefônic cerimôni colôni convêni demôni milêni patrimôni matrimôni oxigêni hidrogêni "
    "arsênic bebê comitê polôni romêni estôni letôni eslovêni armêni"
).split()
_ENDINGS = "(?:[oae]s?|[oa]mente|es)?"
_ACUTE = str.maketrans("ôê", "óé")

_BRAZIL = "|".join(
    (
        f"(?:{'|'.join(_VOWEL)}){_ENDINGS}",
        (
            "ônibus|trem|trens|celulares|caminhão|caminhões|esportes?|esportiv[oa]s?|goleiros?|contatos?|registros?|usuári[oa]s?|"
            "planejar|planejamento|planejad[oa]s?|equipes?|bilhão|bilhões|dezesseis|dezessete|dezenove|aterrissagem|banheiros?|"
            "recepção|recepções|concepção|percepção|moscou|vietnã|amsterdã|copenhague|teerã|bagdá|cingapura"
        ),
    )
)
_PORTUGAL = "|".join(
    (
        f"(?:{'|'.join(word.translate(_ACUTE) for word in _VOWEL)}){_ENDINGS}",
        (
            "autocarros?|comboios?|telemóveis|telemóvel|camião|camiões|desportos?|desportiv[oa]s?|guarda-redes|contactos?|registos?|"
            "utilizador(?:es)?|planear|planeamento|planead[oa]s?|equipas?|dezasseis|dezassete|dezanove|aterragem|factos|ecrãs?|"
            "receção|receções|conceção|perceção|moscovo|vietname|amesterdão|copenhaga|teerão|bagdade"
        ),
    )
)

VARIANTS = Variants(
    ("Brazilian Portuguese", "European Portuguese"),
    (frozenset({"br"}), frozenset({"pt", "ao", "mz", "cv"})),
    finder(_BRAZIL, _PORTUGAL, ignore_case=True),
    least=2,
)
