"""Shut a process in: Linux namespaces without root, a filter of system calls, limits.

Inside there is a file system of its own, for reading only, that holds Python, its packages and the
course without its questions; no network, no other process, no capability; and no way to start one.
Standard library only: it runs before anything else is imported.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

WRITABLE = ("/room",)  # in the sandbox, new and empty for each submission
_ROOM = "size=64m,nr_inodes=4000,mode=777"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/fonts")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")

_NEW_MOUNTS, _NEW_NAMES, _NEW_IPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
_NEW_USER, _NEW_PIDS, _NEW_NET = 0x1000_0000, 0x2000_0000, 0x4000_0000
_READ_ONLY, _NO_SUID, _NO_DEV, _NO_EXEC = 1, 2, 4, 8
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x4_0000
_MOUNT_SETATTR, _WHOLE_TREE = 442, 0x8000
_DETACH = 2
_DUMPABLE, _DROP_BOUND, _SECCOMP, _NO_NEW_PRIVILEGES = 4, 24, 22, 38


class NotPermitted(OSError):
    """The system gives no namespaces: too old, switched off, or inside a container."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _do(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise NotPermitted(number, f"{what}: {os.strerror(number)}")


def _unshare(flags: int) -> None:
    _do(_libc().unshare(flags), "unshare")


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    result = _libc().mount(
        source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()
    )
    _do(result, f"mount {target}")


# --- once for all submissions ---


def enter(base: Path, course: Path, hidden: Iterable[Path]) -> None:
    """Leave for a file system and a network of one's own; call it before there are threads.

    base: an empty folder, which the new file system is built on; it may be removed afterwards.
    course: the folder of `course.py`; of it `utils` and `tools` can be seen, and no questions.
    hidden: folders that must not be seen, wherever they are.

    Returns in a new process, the first of its own list of processes; the one that called waits for
    it and ends as it ends. Raises NotPermitted where the system refuses.
    """
    if sys.platform != "linux":
        raise NotPermitted(errno.ENOSYS, "namespaces are there on Linux alone")
    user, group = os.geteuid(), os.getegid()
    _unshare(_NEW_USER | _NEW_MOUNTS | _NEW_PIDS | _NEW_NET | _NEW_IPC | _NEW_NAMES)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _mount("none", "/", "", _RECURSIVE | _PRIVATE)
    _mount("none", str(base), "tmpfs", _NO_SUID | _NO_DEV, "size=4m,mode=755")
    for path, seen in sorted(_plan(course, hidden).items(), key=lambda entry: entry[0].parts):
        _place(base, path, seen)
    for folder in (*WRITABLE, "/proc", "/old"):
        (base / folder[1:]).mkdir(exist_ok=True)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    _mount("proc", f"{base}/proc", "proc", _NO_SUID | _NO_DEV | _NO_EXEC)
    os.chdir(base)
    _do(_libc().pivot_root(b".", b"old"), "pivot_root")
    os.chdir("/")
    _do(_libc().umount2(b"/old", _DETACH), "umount")
    os.rmdir("/old")
    attributes = struct.pack("QQQQ", _READ_ONLY, 0, 0, 0)
    result = _libc().syscall(
        _MOUNT_SETATTR, -100, b"/", _WHOLE_TREE, attributes, ctypes.c_size_t(len(attributes))
    )
    _do(result, "mount_setattr")
    _new_folders()


def _plan(course: Path, hidden: Iterable[Path]) -> dict[Path, bool]:
    """Paths to show (True) and to cover with an empty folder (False); deeper ones win."""
    # No other folder that something has put on the path: it may be anybody's, or the course again.
    packages = ("site-packages", "dist-packages")
    folders = [path for entry in sys.path if (path := Path(entry)).name in packages]
    seen = [Path(path) for path in (*_SYSTEM, *_DEVICES)]
    seen += [Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)]
    seen += folders
    covered = [course, *hidden]
    covered += [path / "utils" / "questions" for path in (course, *folders)]
    plan: dict[Path, bool] = {}
    for path in seen:
        plan |= dict.fromkeys((path.absolute(), path.resolve()), True)
    for path in covered:
        plan |= dict.fromkeys((path.absolute(), path.resolve()), False)
    for name in ("utils", "tools"):
        part = course / name
        plan |= dict.fromkeys((part.absolute(), part.resolve()), True)
    plan.pop(Path("/"), None)
    return plan


def _place(base: Path, path: Path, seen: bool) -> None:
    target = base / path.relative_to("/")
    if not seen:
        if target.is_dir():
            _mount("none", str(target), "tmpfs", _NO_SUID | _NO_DEV, "size=4m,mode=755")
        return
    source = path.resolve()
    if not source.exists():
        return
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    _mount(str(source), str(target), "", _BIND | _RECURSIVE)


# --- for each submission ---


def new_room() -> None:
    """Empty folders to write to, and a list of processes for the next child alone."""
    _unshare(_NEW_MOUNTS | _NEW_PIDS | _NEW_IPC)
    _new_folders()


def _new_folders() -> None:
    for folder in WRITABLE:
        _mount("none", folder, "tmpfs", _NO_SUID | _NO_DEV | _NO_EXEC, _ROOM)


def lock() -> None:
    """In the child, the first process of its list: see no other, and give up every power."""
    _mount("proc", "/proc", "proc", _READ_ONLY | _NO_SUID | _NO_DEV | _NO_EXEC)
    os.chdir(WRITABLE[0])
    libc = _libc()
    for capability in range(64):
        libc.prctl(_DROP_BOUND, capability, 0, 0, 0)
    header, none = struct.pack("Ii", 0x2008_0522, 0), bytes(24)
    _do(libc.capset(header, none), "capset")
    _do(libc.prctl(_DUMPABLE, 0, 0, 0, 0), "prctl")
    _do(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")
    _refuse_calls(libc)


def limit(memory: float, seconds: int) -> None:
    """Limits of this process that hold without namespaces, too.

    memory: bytes that it may take beyond what it has now. seconds: of processor time.
    """
    import resource  # not there on Windows

    pages = int(Path("/proc/self/statm").read_text().split()[0]) if sys.platform == "linux" else 0
    bounds = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": 64_000_000,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    if pages:
        bounds["RLIMIT_AS"] = pages * resource.getpagesize() + int(memory)
    for name, bound in bounds.items():
        number = getattr(resource, name, None)
        if number is not None:
            most = resource.getrlimit(number)[1]
            bound = bound if most == resource.RLIM_INFINITY else min(bound, most)
            resource.setrlimit(number, (bound, bound))


# --- the filter of system calls ---

# The kernel's numbers: of the calls that start programs, talk to a network, look into other
# processes, change mounts, and reach parts of the kernel in which most holes were found. For each
# processor its name in the kernel, the number of clone, and those that are refused.
_CALLS = {
    "x86_64": (
        0xC000_003E,
        56,
        [
            *(57, 58, 59, 322),  # fork, vfork, execve, execveat
            *(41, 101, 310, 311, 312, 438, 303, 304),  # socket, ptrace, process_vm_*, handles
            *(155, 165, 166, 272, 308, *range(428, 434), 442),  # mounts, unshare, setns
            *(175, 313, 246, 248, 249, 250, 298, 321, 323, 425, 426, 427),  # modules, keys, bpf
        ],
    ),
    "aarch64": (
        0xC000_00B7,
        220,
        [
            *(221, 281),
            *(198, 117, 270, 271, 272, 438, 264, 265),
            *(41, 40, 39, 97, 268, *range(428, 434), 442),
            *(105, 273, 104, 217, 218, 219, 241, 280, 282, 425, 426, 427),
        ],
    ),
}
_CLONE3, _OF_THREADS, _OTHER_ABI = 435, 0x1_0000, 0x4000_0000
_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000


def _refuse_calls(libc: ctypes.CDLL) -> None:
    """Refuse what no exercise needs: `PermissionError`. Threads may be started, processes not."""
    if platform.machine() not in _CALLS:
        return
    kind, clone, refused = _CALLS[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),  # which kind of processor
        (_EQUAL, 1, 0, kind),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # which call
    ]
    for number in refused:
        program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    program += [
        (_AT_LEAST, 0, 1, _OTHER_ABI),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_EQUAL, 0, 1, _CLONE3),  # its flags cannot be read: the C library takes clone instead
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
        (_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, 16),
        (_HAS_BIT, 1, 0, _OF_THREADS),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    pointer = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    _do(libc.prctl(_SECCOMP, 2, pointer, 0, 0), "prctl")


# --- may we? ---


def refusal(course: Path) -> str:
    """Why this system gives no sandbox; empty where it does. Tried in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="grade-") as base:
        ran = subprocess.run(
            [sys.executable, "-m", "tools.grade.sandbox", base, str(course)],
            cwd=course,
            capture_output=True,
            text=True,
            timeout=60,
        )
    if ran.returncode == 0:
        return ""
    said = (ran.stdout + ran.stderr).strip().splitlines()
    return (said[-1] if said else "no reason was given") + _advice()


def _advice() -> str:
    """What allows it again where Ubuntu and its relatives have switched it off."""
    switch = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    try:
        is_off = switch.read_text().strip() == "1"
    except OSError:
        return ""
    name = "kernel.apparmor_restrict_unprivileged_userns"
    return f"; `sudo sysctl {name}=0` allows it until the next start" if is_off else ""


def _try(base: str, course: str) -> None:
    """What `refusal` runs: enter, and lock a child in."""
    try:
        enter(Path(base), Path(course), [])
        new_room()
        child = os.fork()
        if child == 0:
            lock()
            os._exit(0)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0)
    except OSError as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    _try(*sys.argv[1:])
