"""The gate before the net. It cannot be opened again, so each of these tests is a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_HEAD = "from core import offline\nfrom core.errors import NetworkError\n"


def told(code: str, **environment: str) -> str:
    """What a fresh process prints that runs this."""
    done = subprocess.run(
        [sys.executable, "-c", _HEAD + code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_without_the_guard_the_ways_are_free() -> None:
    assert told("print(any(t.refused for t in offline.self_test()))") == "False"


def test_the_guard_refuses_every_way() -> None:
    code = "offline.guard()\nprint(*[(t.way, t.refused) for t in offline.self_test()], sep='\\n')"
    assert told(code).splitlines() == [
        *("('TCP', True)", "('TCP over IPv6', True)", "('UDP', True)", "('names', True)")
    ]


def test_what_the_user_fetches_is_permitted_in_its_thread_only() -> None:
    code = """
import threading
offline.guard()
def look(name):
    print(name, any(t.refused for t in offline.self_test()))
with offline.permitted():
    look("here")
    thread = threading.Thread(target=look, args=("elsewhere",))
    thread.start(); thread.join()
look("afterwards")
"""
    assert told(code).splitlines() == ["here False", "elsewhere True", "afterwards True"]


def test_who_stays_offline_is_told_so() -> None:
    code = """
offline.guard()
offline.stay_offline(True)
try:
    with offline.permitted():
        print("open")
except NetworkError as error:
    print(error.message)
offline.stay_offline(False)
with offline.permitted():
    print(any(t.refused for t in offline.self_test()))
"""
    assert told(code).splitlines() == [
        "Paluku is set to stay offline, so nothing can be fetched.",
        "False",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is one of Linux")
def test_the_seal_binds_native_code_threads_and_children() -> None:
    code = """
import multiprocessing, socket, subprocess, sys, threading
results = []
offline.guard()
begun, sealed = threading.Event(), threading.Event()
def wait():
    begun.set(); sealed.wait()
    results.append(all(t.refused for t in offline.self_test()))
thread = threading.Thread(target=wait)
thread.start(); begun.wait()
print(offline.seal())
sealed.set(); thread.join()
print(results, [t.way for t in offline.self_test() if t.refused][-1])
child = "import socket\\ntry: socket.socket(); print('free')\\nexcept PermissionError: print('refused')"
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True).stdout.strip())
socket.socket(socket.AF_UNIX).close(); multiprocessing.Pipe()
try:
    with offline.permitted():
        print("open")
except NetworkError as error:
    print(error.hint)
"""
    assert told(code).splitlines() == [
        "True",
        "[True] native code",
        "refused",
        "Start it again to fetch something.",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is one of Linux")
def test_a_variable_seals_the_command_line() -> None:
    environment = {**os.environ, "PALUKU_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "core.commands", "models", "fetch", "mimi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "stay offline" in done.stderr


# Fails at the first internet socket of whoever is started with it in its way.
_GUARDED_START = """
import sys
def hear(event, arguments):
    if event == "socket.__new__" and int(arguments[1]) in (2, 10) or event == "socket.getaddrinfo":
        import os, traceback
        traceback.print_stack()
        os._exit(99)
sys.addaudithook(hear)
"""


def talk(tmp_path: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """A whole talk by files, with tiny models, in a process that dies at the first internet socket."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(_GUARDED_START)
    make = (
        f"from tests.tiny import make_all; make_all(__import__('pathlib').Path({str(tmp_path / 'models')!r}))"
    )
    subprocess.run([sys.executable, "-c", make], cwd=ROOT, check=True, timeout=120)
    say = (
        "import numpy as np, soundfile; t = np.arange(16000) / 16000;"
        f"soundfile.write({str(tmp_path / 'in.wav')!r}, 0.3 * np.sin(3000 * t), 16000)"
    )
    subprocess.run([sys.executable, "-c", say], cwd=ROOT, check=True, timeout=60)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "site"),
        "PALUKU_MODELS": str(tmp_path / "models"),
        "PALUKU_DATA": str(tmp_path / "data"),
    }
    order = [
        "talk",
        str(tmp_path / "in.wav"),
        "-o",
        str(tmp_path / "out.wav"),
        "--model",
        "tiny-talk",
        "--json",
    ]
    return subprocess.run(
        [*before, sys.executable, "-m", "core.commands", *order],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_talk_opens_no_socket(tmp_path: Path) -> None:
    done = talk(tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"reply": "hello there"' in done.stdout
    assert (tmp_path / "out.wav").stat().st_size > 10_000


def test_the_trap_of_the_test_before_is_one(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_GUARDED_START)
    done = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 99


def test_a_talk_in_a_house_without_a_net(tmp_path: Path) -> None:
    """A network namespace of its own has no interface but a loopback that is down."""
    unshare = shutil.which("unshare")
    probe = [unshare or "", "--user", "--map-root-user", "--net", "true"]
    if unshare is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this system gives no network namespaces to its users")
    done = talk(tmp_path, *probe[:-1])
    assert done.returncode == 0, done.stderr
    assert '"reply": "hello there"' in done.stdout
