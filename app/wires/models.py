"""The models page, between its doors."""

from __future__ import annotations

from app.library import LibraryDoor
from app.pages.models import ModelsPage
from app.wires.base import Around


def make_models(around: Around) -> ModelsPage:
    """The models page, tied to the library's door."""
    page, library = ModelsPage(), around.doors.to(LibraryDoor)
    page.looked.connect(library.look)
    page.fetch_wished.connect(library.fetch)
    page.pause_wished.connect(library.pause)
    page.cancel_wished.connect(library.cancel)
    page.remove_wished.connect(library.remove)
    page.import_wished.connect(library.take)
    library.listed.connect(page.show_shelf)
    library.arriving.connect(page.show_arrival)
    for id, arrival in library.arrivals.items():
        page.show_arrival(id, arrival)
    return page
