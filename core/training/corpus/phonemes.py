"""Phonemes: the one list of speech sounds that every source is told in, and its numbers."""

from __future__ import annotations

import unicodedata

SILENCE = "_"

# Number in this list = class in training, so it only ever grows at the end. IPA as espeak-ng writes it.
PHONEMES: tuple[str, ...] = (
    *(SILENCE, "?"),  # a pause, and a sound that has no place here
    *("a", "aː", "i", "iː", "u", "uː", "e", "eː", "o", "oː", "aɪ", "aʊ"),
    *("ə", "ɐ", "ʌ", "æ", "ɑ", "ɑː", "ɒ", "ɔ", "ɔː", "ɛ", "ɛː", "ɜː", "ɪ", "ʊ", "ɚ"),
    *("eɪ", "oʊ", "əʊ", "ɔɪ", "iə", "eə", "ʊə"),
    *("ã", "ẽ", "ɛ̃", "ĩ", "õ", "ɔ̃", "ũ"),
    *("p", "pʰ", "b", "bʰ", "t", "tʰ", "d", "dʰ", "ʈ", "ʈʰ", "ɖ", "ɖʰ", "k", "kʰ", "ɡ", "ɡʰ"),
    *("c", "cʰ", "ɟ", "ɟʰ", "tʃ", "dʒ", "ʔ"),
    *("m", "n", "ɳ", "ɲ", "ŋ"),
    *("f", "v", "θ", "ð", "s", "z", "ʃ", "ʒ", "ɕ", "ʂ", "x", "h"),
    *("j", "w", "ʋ", "r", "ɹ", "ɾ", "ɽ", "l", "ɭ"),
)
PHONEME_IDS = {unicodedata.normalize("NFC", phoneme): number for number, phoneme in enumerate(PHONEMES)}
SILENCE_ID, STRANGE_ID = 0, 1

# Other spellings of a sound that stands in the list
ALIASES = {
    "r.": "ɽ",
    "ʲ": "j",
    "ɫ": "l",
    "ᵻ": "ɪ",
    "ɝ": "ɜː",
    "ɜ": "ɜː",
    "g": "ɡ",
    "ts": "t",
    "ʉ": "uː",
    "ʉː": "uː",
    "ʌʉ": "aʊ",
    "a:": "aː",
    "aa": "aː",
    "ɣ": "ɡ",
    "q": "k",
    "ʍ": "w",
    "aɪə": "aɪ",
    "aɪɚ": "aɪ",
    "əl": "l",
    "n̩": "n",
    "l̩": "l",
}


def _spelled(table: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in table.split())


# The names of CMU's American English voices (flite, and festival's `radio` set)
CMU = _spelled("""
    aa=ɑː ae=æ ah=ʌ ao=ɔː aw=aʊ ax=ə axr=ɚ ay=aɪ eh=ɛ er=ɚ ey=eɪ ih=ɪ ix=ɪ iy=iː ow=oʊ oy=ɔɪ uh=ʊ uw=uː
    b=b ch=tʃ d=d dh=ð dx=ɾ f=f g=ɡ hh=h hv=h jh=dʒ k=k l=l el=l m=m em=m n=n en=n nx=n ng=ŋ p=p
    r=ɹ s=s sh=ʃ t=t th=θ v=v w=w y=j z=z zh=ʒ
""")

# The names of the Telugu and Hindi voices of festival
NSK = _spelled("""
    a=a aa=aː ih=i iy=iː uh=u uw=uː eh=e ee=eː ay=aɪ oh=o oo=oː aw=aʊ @=ə
    f=f k=k kh=kʰ g=ɡ gh=ɡʰ ch=c x=cʰ j=ɟ T=ʈ td=ʈʰ D=ɖ N=ɳ th=t tth=tʰ dh=d ddh=dʰ n=n p=p b=b bh=bʰ
    m=m y=j r=r R=r l=l L=ɭ v=ʋ w=ʋ s=s sh=ʃ ksh=ʂ sri=ʃ zh=ɭ h=h
""")

_IGNORED = str.maketrans("", "", "ˈˌ͡‿ \u200d")  # stress, ties and joiners say nothing about the sound


def clean_ipa(name: str) -> str:
    """What espeak-ng calls a phoneme, without stress marks and ties."""
    return unicodedata.normalize("NFC", name.translate(_IGNORED))


def phoneme_id(name: str) -> int:
    """The number of a phoneme: the longest beginning of its name that stands in the list."""
    for length in range(len(name), 0, -1):
        start = name[:length]
        found = PHONEME_IDS.get(ALIASES.get(start, start))
        if found is not None:
            return found
    return STRANGE_ID if name else SILENCE_ID
