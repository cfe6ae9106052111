"""Emotions: how each feeling bends a voice, in one table to read, hear and change."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Emotion:
    """What a feeling does to a voice, as differences from its neutral way of speaking."""

    pitch: float = 0.0  # semitones up or down
    spread: float = 1.0  # how far the melody swings: 1 as spoken, 0 a monotone
    rate: float = 1.0  # speed
    formants: float = 1.0  # above 1 the mouth is shortened (a smile), below 1 lengthened (a pout)
    tilt: float = 0.0  # dB an octave around 1 kHz: above 0 pressed and bright, below 0 soft and dark
    breath: float = 0.0  # 0 none to 1 a whisper
    energy: float = 0.0  # dB
    tremor: float = 0.0  # semitones of shaking, five and a half times a second

    def at(self, strength: float) -> Emotion:
        """The same feeling weaker (below 1) or stronger."""
        neutral = Emotion()
        values = {
            field.name: getattr(neutral, field.name)
            + strength * (getattr(self, field.name) - getattr(neutral, field.name))
            for field in fields(self)
        }
        return Emotion(**values)


# fmt: off
EMOTIONS: dict[str, Emotion] = {
    #                    pitch spread  rate formants  tilt breath energy tremor
    "neutral":   Emotion( 0.0,  1.00,  1.00,  1.00,   0.0,  0.00,   0.0,  0.00),
    "happy":     Emotion(+2.5,  1.45,  1.10,  1.03,  +0.8,  0.03,  +2.0,  0.00),
    "sad":       Emotion(-2.0,  0.55,  0.82,  0.98,  -1.8,  0.20,  -4.0,  0.10),
    "angry":     Emotion(+1.0,  1.30,  1.12,  0.99,  +2.2,  0.00,  +4.5,  0.00),
    "fearful":   Emotion(+3.5,  0.80,  1.18,  1.02,  -0.5,  0.30,  -1.5,  0.45),
    "surprised": Emotion(+4.5,  1.80,  1.00,  1.01,  +0.5,  0.08,  +1.5,  0.00),
    "disgusted": Emotion(-1.5,  0.85,  0.88,  0.95,  +1.2,  0.05,  +0.5,  0.00),
    "calm":      Emotion(-1.0,  0.75,  0.90,  1.00,  -1.0,  0.12,  -2.0,  0.00),
    "excited":   Emotion(+3.5,  1.65,  1.22,  1.02,  +1.5,  0.02,  +3.5,  0.00),
}
# fmt: on
EMOTION_NAMES = tuple(EMOTIONS)
