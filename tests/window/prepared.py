"""What the pages of a screenshot hold: conversations, models, tests, dialogs, as a person would find them."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.archive import OpenConversation
from app.crash import CrashReporter
from app.library import Arrival, Shelf
from app.listening import ListeningDoor
from app.pages.conversations import ConversationsPage
from app.pages.diagnostics import DiagnosticsPage
from app.pages.models import ModelsPage
from app.pages.settings import SettingsPage
from app.pages.workbench import WorkbenchPage
from app.views.column import Column
from app.views.conversation_view import ConversationView
from app.views.keys import KeysDialog
from app.views.rating_question import RatingQuestion
from app.window import Window
from app.workbench import Progress as Work
from app.workbench import WorkbenchDoor
from core.audio.spectrum import Spectrum, SpectrumConfig
from core.checkup import Check
from core.download import Progress
from core.fitness import Machine
from core.history import ConversationRow, Turn
from core.laboratory import Candidate, Examined, Finding
from core.library import Holding, Library
from core.listening_room import KeptTest, Outcome, Question, Score
from tests.app.fake_engine import RATE

CANDIDATES = (Candidate("paluku-voice", "Paluku voice"), Candidate("mimi", "Mimi (Kyutai)"))
BEGAN = 1_763_700_000.0


def show_history(window: Window) -> None:
    """Some conversations, and one of them open."""
    page, rows = window.findChild(ConversationsPage), saved_rows()
    page.show_rows(rows)
    page.show_conversation(OpenConversation(rows[0], saved_turns(BEGAN), 12.5))
    page.show_rows(rows)


def saved_rows() -> tuple[ConversationRow, ...]:
    titles = (
        "నమస్తే! ఈ రోజు వాతావరణం ఎలా ఉంది?",
        "What is the capital of Andhra Pradesh, and how far is it from here?",
        "రేపు ఉదయం ఆరు గంటలకు లేపు",
        "A story about a parrot",
        "కథ చెప్పు",
    )
    return tuple(
        ConversationRow(n, title, BEGAN - 40_000 * n, "paluku-voice", "paluku-talk", 3)
        for n, title in enumerate(titles, 1)
    )


def saved_turns(began: float) -> tuple[Turn, ...]:
    said = (
        ("నమస్తే! ఈ రోజు వాతావరణం ఎలా ఉంది?", "నమస్తే! ఈ రోజు ఆకాశం నిర్మలంగా ఉంది, సాయంత్రం చల్లగా ఉంటుంది."),
        (
            "Then tell me a short story, please.",
            "Once, in a village by the Godavari, a parrot learned a word",
        ),
        ("ఆగు. ఆ చిలుక పేరు ఏమిటి?", "దాని పేరు చిన్ని."),
    )
    return tuple(
        Turn(
            number=n,
            heard=heard,
            reply=reply,
            heard_codes=np.zeros((8, 30 + 9 * n), np.int64),
            reply_codes=np.zeros((8, 60 + 11 * n), np.int64),
            speaker="lakshmi",
            emotion="happy",
            language="te",
            seed=1,
            first_sound_ms=130.0,
            interrupted=n == 2,
            at=began + 20 * n,
        )
        for n, (heard, reply) in enumerate(said, 1)
    )


def show_models(window: Window) -> None:
    """The models as their cards tell of them, two of them on their way."""
    page = window.findChild(ModelsPage)
    deadline = time.monotonic() + 10
    while not page._shelf.holdings and time.monotonic() < deadline:
        wait(50)  # the library's own answer would come between
    holdings = [holding for holding in Library().holdings() if isinstance(holding, Holding)]
    machine = Machine(16_000_000_000, 16e9, 28e9)
    shelf = tuple(sorted(holdings, key=lambda holding: holding.title.lower()))
    page.show_shelf(Shelf(shelf, 312_000_000_000, machine))
    page.show_arrival("mimi", Arrival(Progress(161_000_000, 384_600_000, 8_200_000)))
    page.show_arrival("dac-16khz", Arrival(Progress(91_000_000, 306_600_000), paused=True))


def show_diagnostics(window: Window) -> None:
    """What a check of everything found."""
    checks = (
        Check("system", True, "Paluku, Python 3.11"),
        Check("microphones", True, "Built-in microphone (default) at 48000 Hz"),
        Check("models", True, "paluku-voice: whole"),
        Check("microphone level", False, "The microphone gives nothing but zeros. Check its mute button."),
    )
    window.findChild(DiagnosticsPage).show_checks(checks)


def scroll_down(window: Window) -> None:
    bar = window.findChild(SettingsPage).findChild(Column).verticalScrollBar()
    bar.setValue(bar.maximum())


def show_enhanced(window: Window) -> None:
    """One voice has an enhanced copy, another one is just being made."""
    show_history(window)
    turns = window.findChild(ConversationsPage).turns
    turns.show_copies(frozenset({(0, "reply")}))
    turns.show_polishing((1, "reply"), Work("enhancing", 0.4))


def show_nothing_found(window: Window) -> None:
    show_history(window)
    page = window.findChild(ConversationsPage)
    page._search.setText("parrot and no other")
    page.show_conversation(None)
    page.show_rows(())


def rename(window: Window) -> None:
    show_history(window)
    window.findChild(ConversationView)._begin_rename()


def delete(window: Window) -> None:
    """The conversation that was open is deleted, and not for good as yet."""
    show_history(window)
    page, (gone, *rows) = window.findChild(ConversationsPage), saved_rows()
    words = QCoreApplication.translate("ArchiveDoor", "“{title}” was deleted.")
    window._doors.second_thought.begin(words.format(title=gone.title), lambda: None, lambda: None)
    page.show_rows(tuple(rows))
    page.show_conversation(None)


def open_export(window: Window) -> QWidget:
    show_history(window)
    return _opened(window.findChild(ConversationView)._export_button.menu(), window)


def open_import(window: Window) -> QWidget:
    show_models(window)
    return _opened(window.findChild(ModelsPage)._menu, window)


def open_picture_tools(window: Window) -> QWidget:
    buttons = [b for b in window.findChildren(QToolButton) if b.menu() is not None and b.isVisible()]
    return _opened(buttons[0].menu(), window)


def _opened(menu: QMenu, window: Window) -> QWidget:
    menu.popup(window.mapToGlobal(QPoint(100, 100)))
    return menu


def show_keys(window: Window) -> QWidget:
    window._show_keys()
    return window.findChild(KeysDialog)


def crash(window: Window) -> QWidget:
    """The word to the user after a fault of the program."""
    reporter = CrashReporter(Path("/home/lakshmi/.local/state/paluku/log"), window)
    reporter._tell()
    assert reporter._dialog is not None
    return reporter._dialog


def show_echo(window: Window) -> None:
    page = window.findChild(SettingsPage)
    page.show_echo(11.0)
    page.findChild(Column).verticalScrollBar().setValue(0)


def _alone(window: Window) -> None:
    """What the laboratory of this computer has to say would come between."""
    for told in (
        window._doors.to(WorkbenchDoor).listed,
        window._doors.to(WorkbenchDoor).examined,
        window._doors.to(ListeningDoor).listed,
    ):
        told.disconnect()


def show_diagnosis(window: Window) -> None:
    """A codec was examined."""
    _alone(window)
    page = window.findChild(WorkbenchPage).diagnosis
    page.show_candidates(CANDIDATES)
    found = (
        Finding("STOI", 0.91, "good", ""),
        Finding("PESQ", None, "not judged", ""),
        Finding("SI-SDR", -3.2, "not judged", ""),
        Finding("silence", -96.0, "good", ""),
        Finding("click", 0.21, "fair", ""),
        Finding("streaming", 0.0, "good", ""),
        Finding("retroflex / dental", 0.62, "poor", ""),
    )
    folder = Path(tempfile.mkdtemp())
    examined = Examined("paluku-voice", "fair", 4050.0, 50.0, found, folder)
    one, other = (_loudness(speech(4.0, 150.0, seed)) for seed in (3, 3))
    other = np.roll(other, 1, axis=1) * 0.9
    for path, shades in zip(examined.pictures, (one, other, other - one), strict=True):
        _paper(shades, difference=shades is not one and shades is not other).save(str(path))
    page.show_examined("paluku-voice", examined)


def show_candidates(window: Window) -> None:
    window.findChild(WorkbenchPage).diagnosis.show_candidates(CANDIDATES)


def show_work(window: Window) -> None:
    page = window.findChild(WorkbenchPage).diagnosis
    page.show_candidates(CANDIDATES)
    page.show_progress(Work("minimal pairs", 0.37))


def show_tests(window: Window) -> None:
    """The form of a listening test, and tests of before."""
    _listening(window).show_tests(
        (
            KeptTest("a", BEGAN, Outcome("abx", ("Paluku voice", "Mimi (Kyutai)"), 16, 16, 14, 0.002)),
            KeptTest("b", BEGAN - 90_000, Outcome("abx", ("Paluku voice", "Original"), 5, 16, 3, 0.5)),
            KeptTest(
                "c",
                BEGAN - 190_000,
                Outcome(
                    "mushra",
                    ("Paluku voice", "Mimi (Kyutai)"),
                    8,
                    8,
                    scores=(Score("Paluku voice", 71.0, 9.0), Score("Mimi (Kyutai)", 78.0, 7.5)),
                ),
            ),
        )
    )


def show_abx(window: Window) -> None:
    _listening(window).show_question(Question("abx", 3, 16, "telugu-1", (Path("a"), Path("b"), Path("x"))))


def show_rating(window: Window) -> None:
    page = _listening(window)
    page.show_question(Question("mushra", 2, 8, "telugu-1", tuple(Path(name) for name in "rabcd")))
    page.findChild(RatingQuestion)


def _listening(window: Window) -> QWidget:
    _alone(window)
    page = window.findChild(WorkbenchPage)
    page._group.button(1).click()
    page.listening.show_candidates(CANDIDATES)
    return page.listening


def _loudness(pcm: NDArray[np.float32]) -> NDArray[np.float64]:  # -> [row, column], 0 to 1, high tones first
    columns = Spectrum(SpectrumConfig(RATE, window=512, hop=160, bins=96)).push(pcm)
    return np.clip((np.asarray(columns, np.float64).T[::-1] + 90) / 80, 0, 1)


def _paper(shades: NDArray[np.float64], *, difference: bool) -> QImage:
    """Ink on paper, as a diagnosis draws it."""
    ink = np.abs(shades)[..., None] * 255
    paper = np.full((*shades.shape, 3), 255.0)
    if difference:
        paper[..., :2] -= np.where(shades < 0, ink[..., 0], 0)[..., None]
        paper[..., 1:] -= np.where(shades > 0, ink[..., 0], 0)[..., None]
    else:
        paper -= ink
    pixels = np.ascontiguousarray(np.clip(paper, 0, 255).astype(np.uint8))
    rows, columns, _ = pixels.shape
    return QImage(pixels.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def speech(seconds: float, pitch: float, seed: int) -> NDArray[np.float32]:
    """Something that looks like speech: syllables of harmonics under moving formants, and hiss between."""
    random = np.random.default_rng(seed)
    at = np.arange(round(seconds * RATE)) / RATE

    def moving(step: float, low: float, high: float) -> NDArray[np.float64]:
        corners = np.arange(0, seconds + step, step)
        return np.interp(at, corners, random.uniform(low, high, len(corners)))

    syllable = moving(0.09, 0.0, 1.0)
    loud = np.clip(syllable * 2.2 - 0.7, 0, 1) * (np.sin(at * 1.1 + seed) > -0.55)
    phase = 2 * np.pi * np.cumsum(pitch * moving(0.25, 0.85, 1.2)) / RATE
    first, second = moving(0.18, 350, 800), moving(0.18, 1000, 2400)
    sound = np.zeros_like(at)
    for harmonic in range(1, 36):
        hz = pitch * harmonic
        gain = np.exp(-(((hz - first) / 160) ** 2)) + 0.6 * np.exp(-(((hz - second) / 260) ** 2)) + 0.04
        sound += gain * np.sin(harmonic * phase) / harmonic**0.3
    hiss = random.normal(0, 1, len(at)) * np.clip(0.5 - syllable, 0, 1) * (random.random(len(at)) > 0.2)
    sound = 0.22 * loud * sound + 0.05 * loud * hiss + random.normal(0, 0.0006, len(at))
    return sound.astype(np.float32)


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
