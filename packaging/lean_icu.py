"""The Unicode library's tables without those that nothing here reads.

    python packaging/lean_icu.py libicudata.so.73 lean/libicudata.so.73

Qt brings 32 MB of them: names of currencies, regions and units in 800 locales, old encodings, dictionaries
of Thai and Khmer. Qt itself reads what it needs to compare and to change words; that stays, with the
languages of India and English. What is asked for and missing is answered by the root of all locales, as
ICU does for a locale it does not know.
"""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

# English, and the languages of India that ICU knows.
_LANGUAGES = "en|te|hi|as|bn|brx|doi|gu|kn|kok|ks|mai|ml|mni|mr|ne|or|pa|sa|sat|sd|ta|ur"
_LEFT_OUT = re.compile(r"(unit|curr|lang|region|rbnf|translit)/|.*\.cnv|brkitr/.*\.dict")
# A locale's own table, as te.res or coll/te_IN.res; pool.res and res_index.res are of no locale.
_OF_A_LOCALE = re.compile(r"(?:\w+/)?(?!res_index)([a-z]{2,3})(?:_\w+)?\.res")
_ALIGNED = 16
_SEEN = ".globl {symbol}\n.type {symbol}, @object\n.size {symbol}, {size}\n"
_ASSEMBLY = (
    '.section .rodata\n.balign 16\n{seen}{symbol}:\n.incbin "{file}"\n.section .note.GNU-stack,"",@progbits\n'
)


class Tables:
    """ICU's package of tables: a header, where each table's name and beginning stand, names, tables."""

    def __init__(self, package: bytes) -> None:
        (size,) = struct.unpack_from("<H", package)
        self.header = package[:size]
        (count,) = struct.unpack_from("<I", package, size)
        places = [struct.unpack_from("<II", package, size + 4 + 8 * at) for at in range(count)]
        ends = [begins for _, begins in places[1:]] + [len(package) - size]
        self.tables: dict[bytes, bytes] = {}
        for (name, begins), end in zip(places, ends, strict=True):
            named = package[size + name : package.index(b"\0", size + name)]
            self.tables[named] = package[size + begins : size + end]

    def keep_needed(self) -> None:
        self.tables = {name: table for name, table in self.tables.items() if is_needed(name.decode())}

    def packed(self) -> bytes:
        """The package again; names stay sorted, for ICU searches them by halves."""
        names, places = bytearray(), []
        for name in self.tables:
            places.append(4 + 8 * len(self.tables) + len(names))
            names += name + b"\0"
        begin = 4 + 8 * len(self.tables) + len(names)
        begin += -(len(self.header) + begin) % _ALIGNED
        contents, body = bytearray(struct.pack("<I", len(self.tables))), bytearray()
        for place, table in zip(places, self.tables.values(), strict=True):
            contents += struct.pack("<II", place, begin + len(body))
            body += table + bytes(-len(table) % _ALIGNED)
        head = self.header + contents + names
        return bytes(head + bytes(len(self.header) + begin - len(head)) + body)


def is_needed(name: str) -> bool:
    """Whether a table stays; its name is as icudt73l/coll/te.res."""
    name = name.partition("/")[2]
    if _LEFT_OUT.match(name):
        return False
    locale = _OF_A_LOCALE.fullmatch(name)
    return locale is None or bool(re.fullmatch(_LANGUAGES, locale[1]))


def make_lean(library: Path, target: Path) -> None:
    """The same library with fewer tables, by the tools that freezing needs anyway (binutils)."""
    told = subprocess.run(["nm", "-D", "-S", library], capture_output=True, text=True, check=True).stdout
    found = re.search(r"^[0-9a-f]+ ([0-9a-f]+) R (icudt\d+_dat)$", told, re.MULTILINE)
    raw = library.read_bytes()
    begin = raw.find(b"CmnD") - 12
    if found is None or begin < 0:
        raise SystemExit(f"{library}: this is not ICU's library of tables")
    tables = Tables(raw[begin : begin + int(found[1], 16)])
    tables.keep_needed()
    package, symbol = tables.packed(), found[2]
    with tempfile.TemporaryDirectory(prefix="paluku-icu-") as scratch:
        room = Path(scratch)
        (room / "tables").write_bytes(package)
        seen = _SEEN.format(symbol=symbol, size=len(package))
        (room / "tables.s").write_text(_ASSEMBLY.format(seen=seen, symbol=symbol, file=room / "tables"))
        subprocess.run(["as", "-o", room / "tables.o", room / "tables.s"], check=True)
        link = ["ld", "-shared", "--build-id=none", "-s", "-soname", library.name, "-z", "noexecstack"]
        subprocess.run([*link, "-o", room / library.name, room / "tables.o"], check=True)
        target.write_bytes((room / library.name).read_bytes())


if __name__ == "__main__":
    make_lean(Path(sys.argv[1]), Path(sys.argv[2]))
