"""Understanding: which intents are found in held-out turns, in three conditions, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.domain.book import LANGUAGES, UNKNOWN, Domain
from core.domain.understand import Understander
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.errors import TextErrors
from core.workbench.quality.talk.turns import CONDITIONS, outside_turns, spoiled, spoken_turns

Say = Callable[[str], None]


def understanding(pair: Pair, per_language: int, say: Say) -> dict[str, Any]:
    """Figures by language and condition: intents right (and not refused), guesses right, words wrong."""
    domain = Domain.load()
    understander = Understander.load(domain)
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        turns = list(spoken_turns(domain, language, per_language))
        for name, spoil in CONDITIONS.items():
            errors, right, guessed, read = TextErrors(), 0, 0, 0
            for number, turn in enumerate(turns):
                words, _ = pair.hear(spoiled(turn, spoil, number).pcm, understander.meant)
                errors.count(turn.text, words)
                understood = understander.understand(words, heard=True)
                right += understood.intent == turn.intent
                guessed += understood.guess == turn.intent
                read += understander.understand(turn.text).intent == turn.intent
            found[f"{language} {name}"] = {
                "turns": len(turns),
                "intent": round(right / len(turns), 4),
                "guess": round(guessed / len(turns), 4),
                "intent_of_true_text": round(read / len(turns), 4),
                **errors.figures(),
            }
            say(f"{language} {name}: {found[f'{language} {name}']}")
        outside = list(outside_turns(language, per_language))
        heard = [pair.hear(turn.pcm, understander.meant)[0] for turn in outside]
        refused = sum(understander.understand(words, heard=True).intent == UNKNOWN for words in heard)
        read = sum(understander.understand(t.text).intent == UNKNOWN for t in outside)
        found[f"{language} outside"] = {
            "turns": len(outside),
            "refused": round(refused / len(outside), 4),
            "refused_of_true_text": round(read / len(outside), 4),
        }
        say(f"{language} outside: {found[f'{language} outside']}")
    return found
