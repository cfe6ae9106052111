"""A loudspeaker, a room and a microphone, worked out; what the canceller and the talk make of it."""
