"""A class on a real JupyterHub: what does it take, and does everything work?

    python -m benchmarks.hub [--learners 4] [--chapter 04_derivative] [--no-tables] [--json FILE]

Starts a JupyterHub on this computer alone, with a home folder for each learner. All open a chapter
and run it; then each of its figures asks for its frames and for single ones, as a browser does.
Learners stand in four places: copies that were handed out, a clone of the course, the top folder of
such a clone, and a course that many read and nobody may write into.

Needs, beside the course's packages, `python -m pip install jupyterhub` and Node's
`npm install configurable-http-proxy`; give the folder of the latter with `--proxy` where it is not
on the PATH. Better in an environment of its own than in `.venv`, since JupyterHub brings packages
along. Plan 0.4 GB of memory for each learner. Works on Linux and macOS.

Exits with 1 where a learner could not run the chapter, a table was computed though all are
prebuilt, or the package, the progress file or a link on the map was wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import importlib.util
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import nbformat

from tools.door import my_work

ROOT = Path(__file__).resolve().parent.parent
PLACES = {
    "copies handed out": "class/notebooks",
    "a clone": "clone/notebooks",
    "the top of a clone": "clone",
    "read-only, shared": "shared/notebooks",
}
SECONDS_TO_START = 300
SECONDS_A_CELL = 300
FRAMES_ASKED = 30  # of each learner, spread over the figures

_CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = {folder!r} + "/cookie"
c.ConfigurableHTTPProxy.pid_file = {folder!r} + "/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {folder!r} + "/homes/{{username}}"
c.Spawner.cmd = [{python!r}, "-m", "jupyterhub.singleuser"]
c.Spawner.args = {arguments!r}
c.Spawner.environment = {environment!r}
c.Spawner.start_timeout = c.Spawner.http_timeout = {seconds}
c.JupyterHub.concurrent_spawn_limit = {learners}
c.JupyterHub.services = [{{"name": "class", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{
        "name": "class",
        "services": ["class"],
        "scopes": ["admin:users", "admin:servers", "access:servers"],
    }}
]
"""

# Runs in the kernel before anything else: counts the tables that it has to compute.
_COUNT = """
from utils.stage.conversation import Conversation as _Conversation
_computed, _packed = [], _Conversation._packed
def _counted(self):
    table = _packed(self)
    _computed.append(table is not None)
    return table
_Conversation._packed = _counted
"""
_LOOK = """
import json as _json, os as _os, utils as _utils
from utils.checks import progress as _progress, store as _store
print(_json.dumps({"utils": _utils.__path__[0], "progress": str(_store.path()), "cwd": _os.getcwd(),
    "tables": sum(_computed), "too_large": len(_computed) - sum(_computed),
    "map": _progress()._repr_html_()}))
"""


@dataclass
class Seen:
    """What one learner met. Times in seconds, memory in MB."""

    name: str
    place: str
    ready: float = 0.0
    ran: float = 0.0
    figures: int = 0
    tables: int = 0
    too_large: int = 0
    utils: str = ""
    progress: str = ""
    links: int = 0
    broken: list[str] = field(default_factory=list)
    frames: float = 0.0
    lags: list[float] = field(default_factory=list)
    server: float = 0.0
    kernel: float = 0.0
    failure: str = ""


def missing(proxy: str) -> list[str]:
    """What has to be installed first, a sentence each."""
    found = []
    if importlib.util.find_spec("jupyterhub") is None:
        found.append("JupyterHub is not there:  python -m pip install jupyterhub")
    if shutil.which(proxy) is None:
        found.append("Its proxy is not there:  npm install configurable-http-proxy, then --proxy")
    if os.name == "nt":
        found.append("JupyterHub does not run on Windows.")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=4)
    parser.add_argument("--chapter", default="04_derivative")
    parser.add_argument("--no-tables", action="store_true", help="let each kernel compute its own")
    parser.add_argument("--proxy", default="configurable-http-proxy", help="the program's path")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where all numbers go as well")
    options = parser.parse_args(arguments)
    if not (ROOT / "notebooks" / f"{options.chapter}.ipynb").exists():
        parser.error(f"there is no chapter {options.chapter}; write it as 04_derivative")
    if options.learners < 1:
        parser.error("a class has one learner at least")
    if lacking := missing(options.proxy):
        print("\n".join(lacking))
        return 2
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        seen = run(Path(folder), options)
    report(seen, with_tables=not options.no_tables)
    if options.json:
        told = json.dumps([asdict(one) for one in seen], indent=1)
        options.json.write_text(told, encoding="utf-8")
    return int(any(faults(one, not options.no_tables) for one in seen))


def run(folder: Path, options: argparse.Namespace) -> list[Seen]:
    """One class on a hub of its own, which ends with it."""
    learners = [
        Seen(f"learner{n:02d}", list(PLACES)[n % len(PLACES)]) for n in range(options.learners)
    ]
    shared = folder / "shared"
    my_work.hand_out(ROOT, shared)
    for path in (*shared.rglob("*"), shared):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for one in learners:
        _furnish(folder / "homes" / one.name, one.place, shared, options.chapter)
    tables = folder / "tables"
    tables.mkdir()
    if not options.no_tables:
        command = [sys.executable, "-m", "tools.tables", "--to", str(tables), options.chapter]
        subprocess.run(command, cwd=ROOT, check=True)
    token = secrets.token_hex(16)
    port, hub_port, api_port = _free_ports(3)
    config = folder / "jupyterhub_config.py"
    config.write_text(
        _CONFIG.format(
            port=port, hub_port=hub_port, api_port=api_port, folder=str(folder), token=token,
            proxy=str(Path(shutil.which(options.proxy) or options.proxy).absolute()),
            python=sys.executable, learners=options.learners, seconds=SECONDS_TO_START,
            arguments=["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [],
            environment=_environment(folder),
        ),
        encoding="utf-8",
    )  # fmt: skip
    with (folder / "hub.log").open("wb") as log:
        hub = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(config)],
            cwd=folder, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            asyncio.run(
                _class(learners, f"http://127.0.0.1:{port}", token, options.chapter, hub.pid)
            )
        except TimeoutError:
            print((folder / "hub.log").read_text(encoding="utf-8", errors="replace")[-3000:])
            raise
        finally:
            hub.send_signal(signal.SIGTERM)
            try:
                hub.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(hub.pid, signal.SIGKILL)
            for path in (shared, *shared.rglob("*")):
                path.chmod(0o755)  # so that the folder can be deleted
    return learners


def _environment(folder: Path) -> dict[str, str]:
    """For all servers and kernels: this course's package, found as late as an installed one, so
    that a folder's own comes first, and the tables."""
    site = folder / "site"
    site.mkdir()
    late = f"import sys\nsys.path.append({str(ROOT)!r})\n"
    (site / "sitecustomize.py").write_text(late, encoding="utf-8")
    given = {name: os.environ[name] for name in ("JUPYTERLAB_DIR",) if name in os.environ}
    return given | {"PYTHONPATH": str(site), "DERIVATIVES_TABLES": str(folder / "tables")}


def _furnish(home: Path, place: str, shared: Path, chapter: str) -> None:
    """A learner's home folder, with the course where the place says."""
    home.mkdir(parents=True)
    if place.startswith("copies"):
        my_work.hand_out(ROOT, home / "class")
    elif place.startswith("read-only"):
        (home / "shared").symlink_to(shared)
    else:
        clone = home / "clone"
        for part in (*my_work.PARTS, "utils"):
            shutil.copytree(
                ROOT / part, clone / part, ignore=shutil.ignore_patterns("__pycache__", ".*")
            )
        shutil.copy(ROOT / "course.py", clone)
        if place.startswith("the top"):
            shutil.copy(clone / "notebooks" / f"{chapter}.ipynb", clone)


async def _class(learners: list[Seen], base: str, token: str, chapter: str, hub: int) -> None:
    """All learners at once, from the start of the hub to their last question."""
    from tornado.httpclient import AsyncHTTPClient

    AsyncHTTPClient.configure(None, max_clients=10 * len(learners) + 10)
    asked = _Asked(base, token)
    await asked.until_ready()

    async def go(one: Seen) -> None:
        try:
            await asyncio.wait_for(_learn(one, asked, chapter), 4 * SECONDS_TO_START)
        except Exception as problem:
            one.failure = f"{type(problem).__name__}: {problem}"
        print(f"{one.name} {one.failure or 'is done'}", flush=True)

    await asyncio.gather(*(go(one) for one in learners))
    _weigh(learners, hub)


class _Asked:
    """Questions to the hub and to the servers behind it."""

    def __init__(self, base: str, token: str) -> None:
        self.base, self.headers = base, {"Authorization": f"token {token}"}

    async def json(self, method: str, path: str, body: Any = None) -> Any:
        """What is answered; raises HTTPError for refusals."""
        from tornado.httpclient import AsyncHTTPClient

        answer = await AsyncHTTPClient().fetch(
            self.base + path, method=method, headers=self.headers, request_timeout=60,
            body=None if method == "GET" else json.dumps(body or {}),
        )  # fmt: skip
        return json.loads(answer.body) if answer.body else None

    async def until_ready(self) -> None:
        """Wait for the hub. Raises TimeoutError."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                await self.json("GET", "/hub/api/")
                return
            except OSError:
                await asyncio.sleep(0.3)
            except Exception:  # the proxy is there before the hub is
                await asyncio.sleep(0.3)
        raise TimeoutError("The hub did not start.")

    async def channels(self, path: str) -> Any:
        """The connection to a kernel."""
        from tornado.httpclient import HTTPRequest
        from tornado.websocket import websocket_connect

        address = f"ws{self.base.removeprefix('http')}{path}"
        return await websocket_connect(
            HTTPRequest(address, headers=self.headers), max_message_size=2**28
        )


async def _learn(one: Seen, asked: _Asked, chapter: str) -> None:
    """One learner: log in, open the chapter, run it, move its figures, look at the map."""
    begin = time.monotonic()
    await asked.json("POST", f"/hub/api/users/{one.name}")
    await asked.json("POST", f"/hub/api/users/{one.name}/server")
    while (
        not (await asked.json("GET", f"/hub/api/users/{one.name}"))["servers"]
        .get("", {})
        .get("ready")
    ):
        await asyncio.sleep(0.5)
        if time.monotonic() - begin > SECONDS_TO_START:
            raise TimeoutError("the server did not start")
    one.ready = time.monotonic() - begin
    path = urllib.parse.quote(f"{PLACES[one.place]}/{chapter}.ipynb")
    own = f"/user/{one.name}/api"
    opened = await asked.json("GET", f"{own}/contents/{path}")
    notebook = nbformat.from_dict(opened["content"])
    session = await asked.json(
        "POST", f"{own}/sessions",
        {"path": f"{PLACES[one.place]}/{chapter}.ipynb", "type": "notebook", "name": chapter,
         "kernel": {"name": "python3"}},
    )  # fmt: skip
    kernel = _Kernel(await asked.channels(f"{own}/kernels/{session['kernel']['id']}/channels"))
    begin = time.monotonic()
    await kernel.run(_COUNT)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            await kernel.run(cell.source)
    one.ran = time.monotonic() - begin
    one.figures = len(kernel.canvases)
    begin = time.monotonic()
    for canvas in kernel.canvases:
        await kernel.ask(canvas, {"ask": "frames", "id": 0}, "frames")
    one.frames = time.monotonic() - begin
    for number in range(FRAMES_ASKED if kernel.canvases else 0):
        canvas, start = list(kernel.canvases.items())[number % len(kernel.canvases)]
        begin = time.monotonic()
        await kernel.ask(canvas, {"ask": "frame", "id": number + 1, "at": start}, "frame")
        one.lags.append(time.monotonic() - begin)
    looked = json.loads((await kernel.run(_LOOK)).splitlines()[-1])
    one.utils, one.progress = looked["utils"], looked["progress"]
    one.tables, one.too_large = looked["tables"], looked["too_large"]
    links = [html.unescape(link) for link in re.findall(r'href="([^"#]+)', looked["map"])]
    links = [urllib.parse.unquote(link) for link in links if "://" not in link]
    one.links = len(links)
    one.broken = [link for link in links if not (Path(looked["cwd"]) / link).exists()]


class _Kernel:
    """A kernel as a browser talks to it. canvases: the starting positions of its figures."""

    def __init__(self, channels: Any) -> None:
        self._channels = channels
        self._session = uuid.uuid4().hex
        self.canvases: dict[str, list[int]] = {}

    async def run(self, source: str) -> str:
        """Run a cell and wait for its end; what it printed. Raises RuntimeError for an error."""
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        sent = await self._send("execute_request", content | {"user_expressions": {}})
        printed, ends = "", set()
        while ends != {"reply", "idle"}:
            kind, message = await self._next()
            if kind == "comm_open":
                self._opened(message["content"])
            if message["parent_header"].get("msg_id") != sent:
                continue
            if kind == "stream":
                printed += message["content"]["text"]
            elif kind == "error":
                raise RuntimeError(f"{message['content']['ename']}: {message['content']['evalue']}")
            elif kind == "execute_reply":
                ends.add("reply")
            elif kind == "status" and message["content"]["execution_state"] == "idle":
                ends.add("idle")
        return printed

    async def ask(self, canvas: str, question: dict[str, Any], answer: str) -> None:
        """Ask a figure as its script does, and wait for the answer to this question."""
        content = {"comm_id": canvas, "data": {"method": "custom", "content": question}}
        await self._send("comm_msg", content)
        while True:
            kind, message = await self._next()
            if kind != "comm_msg" or message["content"]["comm_id"] != canvas:
                continue
            told = message["content"]["data"].get("content", {})
            number = told.get("id") if answer == "frames" else told.get(answer)
            if answer in told and number == question["id"]:
                return

    def _opened(self, content: dict[str, Any]) -> None:
        spec = content["data"].get("state", {}).get("spec")
        if isinstance(spec, dict) and "marks" in spec:
            self.canvases[content["comm_id"]] = spec["at"]

    async def _send(self, kind: str, content: dict[str, Any]) -> str:
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self._session, "username": ""}
        message = {"header": header | {"version": "5.3"}, "parent_header": {}, "metadata": {}}
        await self._channels.write_message(
            json.dumps(message | {"content": content, "channel": "shell", "buffers": []})
        )
        return number

    async def _next(self) -> tuple[str, dict[str, Any]]:
        """The next message, with what comes behind it in bytes left out."""
        raw = await asyncio.wait_for(self._channels.read_message(), SECONDS_A_CELL)
        if raw is None:
            raise ConnectionError("the kernel has gone")
        if isinstance(raw, bytes):  # first a count, then where each part begins
            begin, end = (int.from_bytes(raw[4 * k : 4 * k + 4], "big") for k in (1, 2))
            raw = raw[begin : end if int.from_bytes(raw[:4], "big") > 1 else None].decode()
        message = json.loads(raw)
        return message["header"]["msg_type"], message


def _weigh(learners: list[Seen], hub: int) -> None:
    """How much memory of their own each learner's server and kernels hold."""
    import psutil  # comes with ipykernel

    homes = {one.name: one for one in learners}
    for process in psutil.Process(hub).children(recursive=True):
        try:
            command, name = process.cmdline(), process.environ().get("JUPYTERHUB_USER", "")
            megabytes = process.memory_full_info().uss / 1e6
        except psutil.Error:
            continue
        if name in homes:
            part = "kernel" if any("ipykernel" in word for word in command) else "server"
            setattr(homes[name], part, getattr(homes[name], part) + megabytes)


def faults(one: Seen, with_tables: bool) -> list[str]:
    """What was wrong for a learner."""
    if one.failure:
        return [one.failure]
    found = []
    if with_tables and one.tables:
        found.append(f"{one.tables} tables were computed although all are prebuilt")
    home = f"/homes/{one.name}/"
    if not one.progress.endswith(f"{home}.derivatives-course/progress.json"):
        found.append(f"progress goes to {one.progress}")
    own = home in one.utils
    if own != (one.place == "the top of a clone"):
        found.append(f"utils comes from {one.utils}")
    if one.broken or not one.links:
        found.append(f"{len(one.broken)} of {one.links} links on the map lead nowhere")
    return found


def report(seen: list[Seen], *, with_tables: bool) -> None:
    """Print what was met, a line for each kind of number and a line for each fault."""
    fine = [one for one in seen if not one.failure]
    kept = "prebuilt tables" if with_tables else "tables left to each kernel"
    print(f"{len(fine)} of {len(seen)} learners ran the chapter, with {kept}.")
    if fine:
        lags = [1000 * lag for one in fine for lag in one.lags]
        worst = quantiles(lags, n=20)[-1] if len(lags) > 1 else max(lags, default=0.0)
        middle = median(lags) if lags else 0.0
        print(
            f"  tables computed: {sum(one.tables for one in fine)}"
            f" ({fine[0].figures} figures each, {fine[0].too_large} too large for a table)\n"
            f"  server ready after {_middle(fine, 'ready'):.0f} s, chapter run in"
            f" {_middle(fine, 'ran'):.0f} s, all frames there in {_middle(fine, 'frames'):.1f} s\n"
            f"  slider to answer: p50 {middle:.0f} ms, p95 {worst:.0f} ms\n"
            f"  memory for each: server {_middle(fine, 'server'):.0f} MB, kernel"
            f" {_middle(fine, 'kernel'):.0f} MB"
        )
    for place in PLACES:
        there = [one for one in seen if one.place == place]
        met = sorted({fault for one in there for fault in faults(one, with_tables)})
        if there:
            links = f"{there[0].links} links" if not there[0].failure else ""
            print(f"  {place}: {'; '.join(met) or f'all is right ({links} on the map)'}")


def _middle(seen: list[Seen], name: str) -> float:
    return median(getattr(one, name) for one in seen)


def _free_ports(count: int) -> list[int]:
    """Ports of this computer that nobody listens on."""
    open_ones = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in open_ones]
    for one in open_ones:
        one.close()
    return ports


if __name__ == "__main__":
    sys.exit(main())
