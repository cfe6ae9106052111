"""Who speaks, with what emotion, and in which language."""

from __future__ import annotations

from dataclasses import replace

from core.domain.script import sound_key
from core.domain.talk import Answer, Request, Wish
from core.skills.desk import Desk
from core.skills.volume import wishing

WOMEN, MEN = ("vennela", "meghana"), ("arjun", "charan")
_WOMAN = {
    sound_key(word)
    for word in ("ఆడ", "అమ్మాయి", "ఆడవాళ్ళ", "female", "woman", "woman's", "girl", "girl's", "lady")
}
_MAN = {sound_key(word) for word in ("మగ", "అబ్బాయి", "మగవాళ్ళ", "male", "man", "man's", "boy", "boy's")}
_LANGUAGE_NAMES = {"te": {"te": "తెలుగు", "en": "ఇంగ్లీష్"}, "en": {"te": "Telugu", "en": "English"}}


class ChangeVoice:
    """Changes the speaker, the emotion or the language of replies."""

    name = "voice"
    intents = ("change_voice", "change_emotion", "change_language")

    def answer(self, request: Request, desk: Desk) -> Answer:
        kind = request.intent.removeprefix("change_")
        return {"voice": _speaker, "emotion": _emotion, "language": _language}[kind](request, desk)


def _speaker(request: Request, desk: Desk) -> Answer:
    lists = desk.domain.lists[request.language]
    wanted = request.slots.get("speaker")
    keys = {word.key for word in request.words}
    now = desk.voice.speaker
    if not isinstance(wanted, str):
        choice = WOMEN if keys & _WOMAN else MEN if keys & _MAN else lists.speakers
        others = [speaker for speaker in choice if speaker != now]
        wanted = others[(lists.speakers.index(now) if now in lists.speakers else 0) % len(others)]
    desk.voice.speaker = wanted
    answer = desk.replies.answer(
        "change_voice", request.language, speaker=_name(lists.named["speaker"][wanted][0])
    )
    return wishing(answer, Wish("speaker", wanted))


def _emotion(request: Request, desk: Desk) -> Answer:
    lists = desk.domain.lists[request.language]
    wanted = request.slots.get("emotion")
    if not isinstance(wanted, str):
        wanted = desk.random.choice([emotion for emotion in lists.emotions if emotion != desk.voice.emotion])
    desk.voice.emotion = wanted
    answer = desk.replies.answer(
        "change_emotion", request.language, emotion=lists.named["emotion"][wanted][0]
    )
    return wishing(replace(answer, emotion=wanted), Wish("emotion", wanted))


def _language(request: Request, desk: Desk) -> Answer:
    wanted = request.slots.get("language")
    if not isinstance(wanted, str):
        wanted = "en" if request.language == "te" else "te"
    desk.memory.language = wanted
    answer = desk.replies.answer("change_language", wanted, language=_LANGUAGE_NAMES[wanted][wanted])
    return wishing(answer, Wish("language", wanted))


def _name(name: str) -> str:
    return name[:1].upper() + name[1:]
