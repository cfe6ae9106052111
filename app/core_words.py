"""What core says when something fails, in the words of the window.

core knows no language: its sentences are English, with names and numbers filled in. Here each of those that a
user of the window can meet stands once more, with a name at each place that is filled in.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_SENTENCES = (
    QT_TRANSLATE_NOOP("core", "{name} cannot be written: {why}."),
    QT_TRANSLATE_NOOP("core", "A conversation cannot be kept as “{kind}”."),
    QT_TRANSLATE_NOOP("core", "It can: {kinds}."),
    QT_TRANSLATE_NOOP("core", "The {kind} “{name}” cannot be opened."),
    QT_TRANSLATE_NOOP(
        "core",
        "Another program may be using it, or it may not be permitted: check the system's sound settings.",
    ),
    QT_TRANSLATE_NOOP("core", "No {kind} was found."),
    QT_TRANSLATE_NOOP("core", "Connect a {kind}, or check that the system allows its use."),
    QT_TRANSLATE_NOOP("core", "The sound system does not answer."),
    QT_TRANSLATE_NOOP("core", "Restart the computer's sound service."),
    QT_TRANSLATE_NOOP("core", "The microphone is not open."),
    QT_TRANSLATE_NOOP("core", "Open it first."),
    QT_TRANSLATE_NOOP("core", "The microphone “{name}” gives no sound any more."),
    QT_TRANSLATE_NOOP("core", "Connect it again, or choose another one."),
    QT_TRANSLATE_NOOP("core", "The speaker “{name}” does not play any more."),
    QT_TRANSLATE_NOOP("core", "The speaker is not open."),
    QT_TRANSLATE_NOOP("core", "Choose another place."),
    QT_TRANSLATE_NOOP("core", "There is no file {name}."),
    QT_TRANSLATE_NOOP("core", "Check the name and the folder."),
    QT_TRANSLATE_NOOP("core", "{name} is a folder, not a sound file."),
    QT_TRANSLATE_NOOP("core", "Choose a file inside it."),
    QT_TRANSLATE_NOOP("core", "{name} holds no sound."),
    QT_TRANSLATE_NOOP("core", "Record it again, or choose another file."),
    QT_TRANSLATE_NOOP("core", "{name} claims {rate} samples a second."),
    QT_TRANSLATE_NOOP("core", "Its header is damaged: convert it first."),
    QT_TRANSLATE_NOOP("core", "{name} holds values that are no sound (NaN or infinity)."),
    QT_TRANSLATE_NOOP("core", "Export it again as 16-bit WAV."),
    QT_TRANSLATE_NOOP("core", "The disk is full while writing {name}."),
    QT_TRANSLATE_NOOP("core", "Free some space; what was written so far is kept."),
    QT_TRANSLATE_NOOP("core", "{name} cannot be written: there is no such folder."),
    QT_TRANSLATE_NOOP("core", "Make the folder first."),
    QT_TRANSLATE_NOOP("core", "{name} is a folder."),
    QT_TRANSLATE_NOOP("core", "Give the name of a file to write."),
    QT_TRANSLATE_NOOP("core", "{name} may not be read."),
    QT_TRANSLATE_NOOP("core", "Check the permissions of the file."),
    QT_TRANSLATE_NOOP("core", "{name} is not a sound file that can be read."),
    QT_TRANSLATE_NOOP("core", "Use WAV, FLAC, OGG or MP3, or convert it first."),
    QT_TRANSLATE_NOOP("core", "{name} is damaged and cannot be read to its end."),
    QT_TRANSLATE_NOOP("core", "Convert it first."),
    QT_TRANSLATE_NOOP("core", "{name} is empty."),
    QT_TRANSLATE_NOOP("core", "There is no model called “{name}” here."),
    QT_TRANSLATE_NOOP("core", "Known models: {names}."),
    QT_TRANSLATE_NOOP("core", "No model is installed yet."),
    QT_TRANSLATE_NOOP("core", "There are no weights of {name} here yet."),
    QT_TRANSLATE_NOOP("core", "{source}Add a weights file with: paluku models import FILE"),
    QT_TRANSLATE_NOOP("core", "The file {file} of {name} is missing."),
    QT_TRANSLATE_NOOP("core", "Fetch it on the models page."),
    QT_TRANSLATE_NOOP("core", "Copy the model's folder again."),
    QT_TRANSLATE_NOOP("core", "The file {file} of {name} is cut or changed: {size} bytes of {whole}."),
    QT_TRANSLATE_NOOP("core", "Remove the model and fetch or copy it again."),
    QT_TRANSLATE_NOOP(
        "core",
        "The file {file} of {name} was changed: its fingerprint does not match its card.",
    ),
    QT_TRANSLATE_NOOP("core", "{name} is already here."),
    QT_TRANSLATE_NOOP("core", "Remove it first to replace it."),
    QT_TRANSLATE_NOOP("core", "{name} ships with Paluku and cannot be removed."),
    QT_TRANSLATE_NOOP("core", "{name} could not be copied: {why}."),
    QT_TRANSLATE_NOOP("core", "Is the disk full?"),
    QT_TRANSLATE_NOOP("core", "{name} could not be removed: {why}."),
    QT_TRANSLATE_NOOP("core", "There is no speech model here to talk with."),
    QT_TRANSLATE_NOOP("core", "Try the mirror, or fetch a model on the models page."),
    QT_TRANSLATE_NOOP("core", "{name} talks in turns; it cannot listen while it speaks."),
    QT_TRANSLATE_NOOP("core", "{name} talks while it listens."),
    QT_TRANSLATE_NOOP("core", "Begin a talk with it first."),
    QT_TRANSLATE_NOOP("core", "Nothing of {name} has come for {seconds} seconds."),
    QT_TRANSLATE_NOOP("core", "The net is slow. What has arrived is kept; try again to go on from there."),
    QT_TRANSLATE_NOOP("core", "More of {name} came than was published; what arrived was thrown away."),
    QT_TRANSLATE_NOOP("core", "Fetch it again; if this happens again, the server is at fault."),
    QT_TRANSLATE_NOOP("core", "What is published has a name that leads out of its folder: {name}."),
    QT_TRANSLATE_NOOP("core", "{name} needs {missing} MB more, and {free} MB are free."),
    QT_TRANSLATE_NOOP("core", "Make room on the disk, or remove a model."),
    QT_TRANSLATE_NOOP("core", "{name} arrived damaged: its fingerprint is not the published one."),
    QT_TRANSLATE_NOOP("core", "What arrived was thrown away; fetch it again."),
    QT_TRANSLATE_NOOP("core", "What has arrived is kept; try again to go on from there."),
    QT_TRANSLATE_NOOP("core", "It asks for an account or for its licence to be accepted on its own page."),
    QT_TRANSLATE_NOOP("core", "It may have been moved or withdrawn."),
    QT_TRANSLATE_NOOP("core", "It is asked too often; try again in a while."),
    QT_TRANSLATE_NOOP("core", "The server has a fault of its own; try again later."),
    QT_TRANSLATE_NOOP("core", "{name} was refused by the hub ({code})."),
    QT_TRANSLATE_NOOP("core", "Try again later."),
    QT_TRANSLATE_NOOP("core", "{name} cannot be looked up: the hub is not reachable."),
    QT_TRANSLATE_NOOP("core", "Is this computer connected to the net?"),
    QT_TRANSLATE_NOOP("core", "{name} was refused by the server ({code})."),
    QT_TRANSLATE_NOOP("core", "{name} cannot be fetched: the server is not reachable."),
    QT_TRANSLATE_NOOP("core", "The connection to fetch {name} was lost."),
    QT_TRANSLATE_NOOP("core", "The voice engine stopped because of a fault in Paluku."),
    QT_TRANSLATE_NOOP("core", "The log says where; restart it."),
    QT_TRANSLATE_NOOP("core", "This computer lacks the {what}."),
    QT_TRANSLATE_NOOP("core", "There is no sound file {name}."),
    QT_TRANSLATE_NOOP("core", "The enhanced file would replace the one it is made from."),
    QT_TRANSLATE_NOOP("core", "Choose another name."),
    QT_TRANSLATE_NOOP("core", "{name} has {rate} samples a second."),
    QT_TRANSLATE_NOOP("core", "Use a file with 4,000 or more."),
    QT_TRANSLATE_NOOP("core", "{name} cannot be written to its end: {why}."),
    QT_TRANSLATE_NOOP("core", "{what} needs {needed} GB of memory, and {free} GB are free."),
    QT_TRANSLATE_NOOP("core", "{name} could not be kept: {why}."),
    QT_TRANSLATE_NOOP("core", "This needs the library {library}, which is not installed."),
    QT_TRANSLATE_NOOP("core", "Install Paluku with its {extra} extra: pip install 'paluku[{extra_again}]'"),
    QT_TRANSLATE_NOOP(
        "core",
        "Download the extra that belongs to this Paluku (paluku-extra, 700 MB when it is "
        "unpacked), then: paluku extra add FILE",
    ),
    QT_TRANSLATE_NOOP("core", "The model file {name} is missing."),
    QT_TRANSLATE_NOOP("core", "It was looked for in {folder}."),
    QT_TRANSLATE_NOOP("core", "{name} describes itself in a form this version cannot read."),
    QT_TRANSLATE_NOOP("core", "{name} does not return all it must remember ({what})."),
    QT_TRANSLATE_NOOP("core", "Export the model again, or fetch it again."),
    QT_TRANSLATE_NOOP("core", "The model file {name} cannot be read: it is damaged or of a newer version."),
    QT_TRANSLATE_NOOP("core", "{name} has a memory of unknown size ({part}: {shape})."),
    QT_TRANSLATE_NOOP("core", "The conversations cannot be opened"),
    QT_TRANSLATE_NOOP("core", "The conversation could not be saved"),
    QT_TRANSLATE_NOOP("core", "The last turn could not be saved"),
    QT_TRANSLATE_NOOP("core", "The conversations cannot be read"),
    QT_TRANSLATE_NOOP("core", "The conversation cannot be read"),
    QT_TRANSLATE_NOOP("core", "The name could not be saved"),
    QT_TRANSLATE_NOOP("core", "The conversation could not be deleted"),
    QT_TRANSLATE_NOOP("core", "A saved turn is damaged: its sound cannot be replayed."),
    QT_TRANSLATE_NOOP("core", "{what}: {why}."),
    QT_TRANSLATE_NOOP("core", "The file is damaged. Move it away and Paluku starts a new one."),
    QT_TRANSLATE_NOOP("core", "Is the disk full or read-only?"),
    QT_TRANSLATE_NOOP("core", "Your conversations were written by a newer version of Paluku."),
    QT_TRANSLATE_NOOP("core", "Update Paluku to read them."),
    QT_TRANSLATE_NOOP("core", "The model's process has ended by itself."),
    QT_TRANSLATE_NOOP(
        "core",
        "Choose the model again; if it happens again, the memory or a driver may be at fault.",
    ),
    QT_TRANSLATE_NOOP("core", "The model failed because of a fault in Paluku."),
    QT_TRANSLATE_NOOP("core", "The model does not answer any more."),
    QT_TRANSLATE_NOOP("core", "It is stopped; choose it again."),
    QT_TRANSLATE_NOOP("core", "The codec that this was said with is not here."),
    QT_TRANSLATE_NOOP("core", "This model says nothing without a talk."),
    QT_TRANSLATE_NOOP("core", "Begin one, and choose the voice in it."),
    QT_TRANSLATE_NOOP("core", "{name} cannot be made: {why}."),
    QT_TRANSLATE_NOOP("core", "The diagnosis in {folder} cannot be read: {why}."),
    QT_TRANSLATE_NOOP("core", "{name} is already there."),
    QT_TRANSLATE_NOOP("core", "{hub} does not hold {name}."),
    QT_TRANSLATE_NOOP("core", "{name} is not published: it has to be trained or imported."),
    QT_TRANSLATE_NOOP("core", "{name} holds no weights that Paluku can read."),
    QT_TRANSLATE_NOOP("core", "There is no {name} there."),
    QT_TRANSLATE_NOOP("core", "The disk of the models cannot be read: {why}."),
    QT_TRANSLATE_NOOP("core", "The {kind} “{name}” was unplugged."),
    QT_TRANSLATE_NOOP(
        "core",
        "Connect it again, or choose another one: Paluku goes on as soon as there is one.",
    ),
    QT_TRANSLATE_NOOP("core", "A listening test needs a codec."),
    QT_TRANSLATE_NOOP("core", "Choose one."),
    QT_TRANSLATE_NOOP("core", "{name} is not a codec."),
    QT_TRANSLATE_NOOP("core", "The weights of {name} are not what its card says."),
    QT_TRANSLATE_NOOP("core", "Import the model again."),
    QT_TRANSLATE_NOOP("core", "{name} is not a speech model."),
    QT_TRANSLATE_NOOP("core", "{what} needs the library {library}, which is not installed."),
    QT_TRANSLATE_NOOP("core", "{name} talks while it listens: a dialogue cannot answer for it."),
    QT_TRANSLATE_NOOP("core", "Paluku is set to stay offline, so nothing can be fetched."),
    QT_TRANSLATE_NOOP("core", "The switch is in the settings, under Privacy."),
    QT_TRANSLATE_NOOP("core", "Paluku was started offline, and stays so until it ends."),
    QT_TRANSLATE_NOOP("core", "Start it again to fetch something."),
    QT_TRANSLATE_NOOP("core", "This model chooses its own words: it cannot say given ones."),
    QT_TRANSLATE_NOOP("core", "This model has no {what} “{name}”."),
    QT_TRANSLATE_NOOP("core", "It has: {names}."),
    QT_TRANSLATE_NOOP("core", "Alarms could not be saved ({why})."),
    QT_TRANSLATE_NOOP("core", "They ring, but only while Paluku runs."),
    QT_TRANSLATE_NOOP("core", "This model hears what is said; it cannot read."),
    QT_TRANSLATE_NOOP("core", "Say it, or choose another model."),
)
_FILLED_IN = (
    QT_TRANSLATE_NOOP("core", "microphone"),
    QT_TRANSLATE_NOOP("core", "speaker"),
    QT_TRANSLATE_NOOP("core", "live extender"),
    QT_TRANSLATE_NOOP("core", "weights of AudioSR"),
    QT_TRANSLATE_NOOP("core", "emotion"),
    QT_TRANSLATE_NOOP("core", "language"),
)
SENTENCES, FILLED_IN = (tuple(str(each) for each in words) for words in (_SENTENCES, _FILLED_IN))


def in_the_words_of_the_window(sentence: str) -> str:
    """The same in the language of the window; as it is, where it is no sentence of core."""
    for pattern, template in _patterns():
        if found := pattern.fullmatch(sentence):
            return _translated(template).format(
                **{place: _filled_in(value) for place, value in found.groupdict().items()}
            )
    return sentence


def _filled_in(value: str) -> str:
    return _translated(value) if value in FILLED_IN or value in SENTENCES else value


def _translated(words: str) -> str:
    return QCoreApplication.translate("core", words)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those that say most come first: “{what}: {why}.” would take nearly all."""
    by_words = sorted(SENTENCES, key=lambda sentence: -len(re.sub(r"\{\w+\}", "", sentence)))
    return tuple((_pattern(sentence), sentence) for sentence in by_words)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", sentence)
    words = [re.escape(part) if n % 2 == 0 else f"(?P<{part}>.*?)" for n, part in enumerate(parts)]
    return re.compile("".join(words), re.DOTALL)
