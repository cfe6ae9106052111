"""What goes into the frozen program beside the libraries it imports, and what of them stays out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ICONS = ROOT / "build" / "icons"
NOTICES = ROOT / "build" / "licences"
MODELS = ROOT / "models"
VERSION = re.search(r'__version__ = "(.+)"', (ROOT / "core" / "__init__.py").read_text()).group(1)

_CODE = (".py", ".pyc", ".ts")

# Parts of libraries that nothing here uses, by the path they would have in the bundle.
_UNNEEDED = re.compile(
    r"""
      PySide6/Qt/translations/               # Qt's own words; ours are in assets/i18n
    | PySide6/Qt/plugins/(?!platforms/|imageformats/|iconengines/|xcbglintegrations/|platformthemes/
                            |platforminputcontexts/|wayland-|styles/)
    | PySide6/Qt/plugins/platforms/.*(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|webgl)
    | PySide6/Qt/plugins/imageformats/(?!.*(svg|ico|jpeg))
    | PySide6/Qt/plugins/platformthemes/.*gtk3
    | PySide6/Qt/plugins/platforminputcontexts/.*virtualkeyboard
    | .*Qt6(Qml|Quick|Pdf|VirtualKeyboard|EglFS|Sql|Test|LabsAnimation|ShaderTools|Designer|Help)
    | PySide6/(opengl32sw|d3dcompiler_)
    | .*(?i:eglfs)
    | onnxruntime/(transformers|tools|quantization|datasets)/
    | onnxruntime/capi/libonnxruntime_providers_(cuda|tensorrt)
    | numpy/(f2py|tests|.*/tests|.*\.(h|pyi|a|lib)$)
    | PySide6/QtDBus\.abi3 | yaml/_yaml\.     # the pure ones do
    | .*\.pyi$
    """,
    re.VERBOSE,
)


# Of the system's libraries only those that are often missing, and those that Python itself was built with.
# The rest (X11, GL, glib, ALSA, the C++ runtime) must be the system's own: its drivers fit no other.
_TAKEN_ALONG = re.compile(
    r"lib(portaudio|xcb-(cursor|util|icccm|image|keysyms|render-util)|python3|ssl|crypto|sqlite3|ffi|z|bz2|lzma)\b"
)


def is_needed(name: str, source: str) -> bool:
    """Whether something that was collected from `source` belongs into the bundle."""
    name = name.replace("\\", "/")
    if sys.platform == "linux" and source.startswith(("/usr/lib", "/lib")):
        return bool(_TAKEN_ALONG.match(Path(name).name))
    return not _UNNEEDED.match(name)


def moment() -> int:
    """The time that everything in an archive bears."""
    if chosen := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(chosen)
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return int(told) if told else 0


def our_modules() -> list[str]:
    """Every module of ours: verbs and models are imported by name, which no analysis sees."""
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for part in ("app", "core")
        for path in sorted((ROOT / part).rglob("*.py"))
    ]


def our_data() -> list[tuple[str, str]]:
    """What lies beside the code, the models that ship, pictures and fonts, the licences."""
    return [(str(path), str(place)) for path, place in _our_data()]


def shipped_models() -> list[Path]:
    """The folders of models; a plan is a folder with its card alone."""
    return sorted(path.parent for path in MODELS.glob("*/model.toml"))


def _our_data() -> Iterator[tuple[Path, Path]]:
    for part in ("app", "core"):
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and path.suffix not in _CODE:
                yield path, path.parent.relative_to(ROOT)
    for folder in shipped_models():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path, path.parent.relative_to(ROOT)
    for path in sorted((ROOT / "assets").rglob("*")):
        if path.is_file() and "screenshots" not in path.parts:
            yield path, path.parent.relative_to(ROOT)
    for name in ("LICENSE", "PRIVACY.md", "SECURITY.md", "CHANGELOG.md"):
        if (ROOT / name).is_file():
            yield ROOT / name, Path()
    if told := _releases():
        yield told, Path()
    for path in sorted(NOTICES.glob("*")):
        yield path, Path("licences")
    if sys.platform == "linux":
        yield _portaudio(), Path()


def _releases() -> Path | None:
    """A file that says where newer versions are told; none where the program is built for oneself."""
    repository = os.environ.get("GITHUB_REPOSITORY")
    where = os.environ.get("PALUKU_RELEASES") or (
        f"https://api.github.com/repos/{repository}/releases/latest" if repository else ""
    )
    if not where:
        return None
    told = ROOT / "build" / "releases.txt"
    told.parent.mkdir(exist_ok=True)
    told.write_text(where + "\n", encoding="utf-8")
    return told


def _portaudio() -> Path:
    """The sound library of the machine that builds."""
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"):
        found = Path(folder) / "libportaudio.so.2"
        if found.is_file():
            return found.resolve().with_name("libportaudio.so.2")
    raise SystemExit("libportaudio.so.2 is missing: apt-get install libportaudio2")


def version_resource() -> object:
    """What Windows shows of the program's file."""
    from PyInstaller.utils.win32 import versioninfo as v

    numbers = (*map(int, VERSION.split(".")), 0)
    words = {
        "CompanyName": "Paluku",
        "FileDescription": "Talk with a speech model, offline",
        "FileVersion": VERSION,
        "LegalCopyright": "MIT licence",
        "ProductName": "Paluku",
        "ProductVersion": VERSION,
    }
    return v.VSVersionInfo(
        ffi=v.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            v.StringFileInfo([v.StringTable("040904B0", [v.StringStruct(*pair) for pair in words.items()])]),
            v.VarFileInfo([v.VarStruct("Translation", [1033, 1200])]),
        ],
    )
