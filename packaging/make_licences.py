"""Collects into build/licences the licences of all that is frozen with Paluku, and a list of it (CycloneDX).

What is frozen are the libraries that pyproject.toml asks for and what those ask for in turn, Python, and Qt.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import sys
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path

from bundle_parts import NOTICES, ROOT, VERSION

# In the libraries' requirements, but left out of the bundle by its spec.
_LEFT_OUT = {"hf-xet", "typer", "click", "shellingham", "rich", "setuptools", "torch", "jinja2"}
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|thirdpartynotices)", re.IGNORECASE)
_QT = "LGPL-3.0-only (see LGPL-3.0.txt; its libraries lie beside the program and may be replaced)"


def main() -> int:
    NOTICES.mkdir(parents=True, exist_ok=True)
    for old in NOTICES.glob("*"):
        old.unlink()
    for text in sorted((ROOT / "packaging" / "licences").glob("*.txt")):
        shutil.copyfile(text, NOTICES / text.name)
    libraries = _libraries()
    notices = [_notice(library) for library in libraries]
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    notices.append(f"Python {platform.python_version()}\nLicence: PSF-2.0\n\n" + _read(python))
    notices.append("Noto Sans\nLicence: OFL-1.1\n\n" + _read(ROOT / "assets" / "fonts" / "OFL.txt"))
    line = "\n\n" + "=" * 78 + "\n\n"
    (NOTICES / "THIRD-PARTY.txt").write_text(line.join(notices), encoding="utf-8")
    (NOTICES / "sbom.cdx.json").write_text(json.dumps(_parts(libraries), indent=1), encoding="utf-8")
    silent = [n.splitlines()[0] for n in notices if len(n.splitlines()) < 5]
    print(f"{len(libraries)} libraries; without a text of their own: {', '.join(silent) or 'none'}")
    return 0


def _libraries() -> list[metadata.Distribution]:
    """What the program needs, and what that needs, each once."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    found: dict[str, metadata.Distribution] = {}
    while asked:
        wanted, _, condition = asked.pop().partition(";")
        name = re.match(r"[\w.-]+", wanted.strip()).group().lower().replace("_", "-")
        if name in found or name in _LEFT_OUT or "extra" in condition:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system or another Python
            continue
        asked.extend(found[name].requires or ())
    return [found[name] for name in sorted(found)]


def _licence(library: metadata.Distribution) -> str:
    about = library.metadata
    name = about["Name"].lower()
    if name.startswith(("pyside6", "shiboken6")):
        return _QT
    said = about.get("License-Expression") or about.get("License") or ""
    if said and len(said) < 80:
        return said.strip()
    kinds = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License")]
    return ", ".join(kinds) or "see its text"


def _notice(library: metadata.Distribution) -> str:
    about = library.metadata
    texts = []
    for file in library.files or ():
        if _LICENCE_FILE.search(file.name) and file.suffix.lower() in ("", ".txt", ".md", ".lgpl", ".rst"):
            path = Path(str(library.locate_file(file)))
            if path.is_file():
                texts.append(_read(path))
    head = f"{about['Name']} {library.version}\nLicence: {_licence(library)}"
    return "\n\n".join([head, *dict.fromkeys(texts)])


def _parts(libraries: list[metadata.Distribution]) -> dict[str, object]:
    """The bill of materials. Nothing in it depends on when or where it was made."""
    parts = [
        {
            "type": "library",
            "name": library.metadata["Name"],
            "version": library.version,
            "purl": f"pkg:pypi/{library.metadata['Name'].lower().replace('_', '-')}@{library.version}",
            "licenses": [{"license": {"name": _licence(library)}}],
        }
        for library in libraries
    ]
    parts.append({"type": "platform", "name": "Python", "version": platform.python_version()})
    parts.append({"type": "library", "name": "PortAudio", "licenses": [{"license": {"id": "MIT"}}]})
    for card in sorted((ROOT / "models").glob("*/model.toml")):
        told = tomllib.loads(card.read_text(encoding="utf-8"))
        for file in told.get("files", {}).values():
            if (card.parent / file["path"]).is_file():
                hashes = [{"alg": "SHA-256", "content": file["sha256"]}]
                name = f"{told['id']}/{file['path']}"
                parts.append({"type": "machine-learning-model", "name": name, "hashes": hashes})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "Paluku", "version": VERSION}},
        "components": parts,
    }


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
