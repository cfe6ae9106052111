"""Every page of the window. Each is imported when it is first shown: the start must not wait for it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.wires.base import Around, PageEntry

translate = QCoreApplication.translate


def page_entries() -> tuple[PageEntry, ...]:
    """One entry a page, in the order of the rail and of Ctrl+1, Ctrl+2 and so on."""
    rows = (
        ("talk", "talk", translate("Window", "Talk"), translate("Window", "Conversation"), _talk),
        (
            "history",
            "history",
            translate("Window", "History"),
            translate("Window", "Earlier conversations"),
            _history,
        ),
        ("models", "package", translate("Window", "Models"), translate("Window", "Models"), _models),
        (
            "workbench",
            "flask",
            translate("Window", "Workbench"),
            translate("Window", "Workbench: diagnosis and listening tests"),
            _workbench,
        ),
        (
            "diagnostics",
            "pulse",
            translate("Window", "Health"),
            translate("Window", "Diagnostics"),
            _diagnostics,
        ),
        ("settings", "settings", translate("Window", "Settings"), translate("Window", "Settings"), _settings),
        ("welcome", "", "", translate("Window", "First steps"), _welcome),
    )
    return tuple(PageEntry(*row) for row in rows)


def _talk(around: Around) -> QWidget:
    from app.wires.talk import make_talk

    return make_talk(around)


def _history(around: Around) -> QWidget:
    from app.wires.history import make_history

    return make_history(around)


def _models(around: Around) -> QWidget:
    from app.wires.models import make_models

    return make_models(around)


def _diagnostics(around: Around) -> QWidget:
    from app.wires.diagnostics import make_diagnostics

    return make_diagnostics(around)


def _workbench(around: Around) -> QWidget:
    from app.wires.workbench import make_workbench

    return make_workbench(around)


def _settings(around: Around) -> QWidget:
    from app.wires.settings import make_settings

    return make_settings(around)


def _welcome(around: Around) -> QWidget:
    from app.wires.settings import make_welcome

    return make_welcome(around)
