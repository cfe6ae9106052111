"""Offline: the gate before the net. It is closed but for what the user fetches, and the user may lock it.

Three bars, each stronger: `guard` refuses every connection of Python code outside of `permitted`;
`stay_offline` refuses `permitted` too; `seal` lets the kernel refuse, for native code as well and until
this process ends.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.errors import NetworkError

VARIABLE = "PALUKU_OFFLINE"

# What leads to the net, as Python announces it. A socket that is only made reaches nobody.
_CONNECTING = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_ASKING = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
)
_NET_FAMILIES = (socket.AF_INET, socket.AF_INET6)

# prctl and seccomp of Linux, and what a machine calls itself and its socket call
_NO_NEW_PRIVS, _SET_FILTER, _ALL_THREADS = 38, 1, 1
_MACHINES = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}
_RING_CALL = 425  # io_uring, which makes sockets as well
_OTHER_CALLS = 0x40000000  # x32: the same calls under other numbers
_LOAD, _EQUAL, _LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES


class _Gate:
    """Whether this process may reach the net; one for the whole process, as its sockets are."""

    def __init__(self) -> None:
        self.guarded = False
        self.locked = False
        self.sealed = False
        self.here = threading.local()

    @property
    def open(self) -> bool:
        return getattr(self.here, "permits", 0) > 0 and not self.locked

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """An audit hook: Python tells it of each event before it happens."""
        if event in _CONNECTING:
            family = getattr(arguments[0], "family", None)
            if family in _NET_FAMILIES and not self.open:
                raise PermissionError(13, "Paluku is offline")
        elif event in _ASKING and not self.open:
            raise PermissionError(13, "Paluku is offline")


_GATE = _Gate()


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to the net that was tried, and whether it was refused."""

    way: str
    refused: bool


def guard() -> None:
    """From now on no Python code of this process reaches the net, but for what is `permitted`."""
    if not _GATE.guarded:
        _GATE.guarded = True
        sys.addaudithook(_GATE.hear)
    if os.environ.get(VARIABLE):
        stay_offline(True)
        seal()


def guarded() -> bool:
    """Whether this process is guarded."""
    return _GATE.guarded


def stay_offline(offline: bool) -> None:
    """Refuse what would otherwise be permitted."""
    _GATE.locked = offline


@contextmanager
def permitted() -> Iterator[None]:
    """For this thread, and as long as it lasts, the gate is open; an error where the user forbids it."""
    if _GATE.locked:
        raise NetworkError(
            "Paluku is set to stay offline, so nothing can be fetched.",
            "The switch is in the settings, under Privacy.",
        )
    if _GATE.sealed:
        raise NetworkError(
            "Paluku was started offline, and stays so until it ends.",
            "Start it again to fetch something.",
        )
    _GATE.here.permits = getattr(_GATE.here, "permits", 0) + 1
    try:
        yield
    finally:
        _GATE.here.permits -= 1


def seal() -> bool:
    """Let the kernel refuse every internet socket to this process and its children. There is no way back.

    False where the system has no such means (only Linux has it).
    """
    if not _GATE.sealed and sys.platform == "linux" and platform.machine() in _MACHINES:
        _GATE.sealed = _filter_sockets(*_MACHINES[platform.machine()])
    return _GATE.sealed


def self_test() -> list[Trial]:
    """Try each way to the net, to a port of this computer only, and tell which of them were refused."""
    ways: list[tuple[str, Callable[[], object]]] = [
        ("TCP", lambda: _reach(socket.AF_INET, socket.SOCK_STREAM, "127.0.0.1")),
        ("TCP over IPv6", lambda: _reach(socket.AF_INET6, socket.SOCK_STREAM, "::1")),
        ("UDP", lambda: _reach(socket.AF_INET, socket.SOCK_DGRAM, "127.0.0.1")),
        ("names", lambda: socket.getaddrinfo("localhost", 9)),
    ]
    if _GATE.sealed:
        ways.append(("native code", _native_socket))
    return [Trial(way, _is_refused(attempt)) for way, attempt in ways]


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    except OSError:  # nobody listens there, or there is no such network: the way itself was free
        return False
    return False


def _reach(family: socket.AddressFamily, kind: socket.SocketKind, host: str) -> None:
    with socket.socket(family, kind) as tried:
        tried.settimeout(0.2)
        tried.connect((host, 9))


def _native_socket() -> None:
    """Ask the kernel itself, behind Python's back."""
    libc = ctypes.CDLL(None, use_errno=True)
    made = libc.socket(int(socket.AF_INET), int(socket.SOCK_STREAM), 0)
    if made < 0:
        raise OSError(ctypes.get_errno(), "socket")
    os.close(made)


def _filter_sockets(machine: int, socket_call: int, seccomp_call: int) -> bool:
    """Hand the kernel a filter for all threads: it refuses socket() of the internet's families."""
    steps = [
        (_LOAD, 0, 0, 4),  # which machine's call is it
        (_EQUAL, 0, 8, machine),  # another's (32 bits): all of those are refused
        (_LOAD, 0, 0, 0),  # the number of the call
        (_LEAST, 6, 0, _OTHER_CALLS),
        (_EQUAL, 5, 0, _RING_CALL),
        (_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument: the family
        (_EQUAL, 2, 0, int(socket.AF_INET)),
        (_EQUAL, 1, 0, int(socket.AF_INET6)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("<HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("<HxxxxxxQ", len(steps), ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.syscall(seccomp_call, _SET_FILTER, _ALL_THREADS, program) == 0)
