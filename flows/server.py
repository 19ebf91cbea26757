"""The Prefect server: whether one answers, where its pages are, and how to start one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from flows.errors import CommandError

HOST = "127.0.0.1"
PORT = 4200
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
ANSWER_SECONDS = 2.0
START_SECONDS = 120.0


def build_api_url(port: int = PORT) -> str:
    return f"http://{HOST}:{port}/api"


def is_healthy(api_url: str) -> bool:
    """Whether a Prefect server answers at `api_url`."""
    parts = urlsplit(api_url)
    # A proxy for the outside world knows nothing of this machine.
    opener = build_opener(ProxyHandler({})) if parts.hostname in LOOPBACK else build_opener()
    try:
        with opener.open(Request(f"{api_url.rstrip('/')}/health"), timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except HTTPError as error:
        # A server that asks who we are is there; Prefect itself brings the key.
        return error.code in (401, 403)
    except (URLError, OSError, ValueError):
        return False


def find_server() -> str | None:
    """API address of the running server: that of PREFECT_API_URL, or without it the one on this machine; else None."""
    address = os.environ.get("PREFECT_API_URL") or build_api_url()
    return address if is_healthy(address) else None


def choose_server() -> str | None:
    """Sets Prefect up to use the server that `find_server` found, else one for the time of the run; call before import.

    Returns its API address, None for one that lives only as long as the run.
    """
    address = find_server()
    if address is None:
        os.environ.pop("PREFECT_API_URL", None)
        os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
        return None
    use_server(address)
    return address


def use_server(api_url: str) -> None:
    """Lets Prefect, imported after this, talk to this server."""
    os.environ["PREFECT_API_URL"] = api_url


def require_server() -> str:
    """Sets Prefect up to use the running server; its API address. Raises CommandError where there is none."""
    api_url = find_server()
    if api_url is None:
        asked = os.environ.get("PREFECT_API_URL") or build_api_url()
        raise CommandError(
            f"No Prefect server answers at {asked}; start one in another terminal with `readout ui`, "
            "or set PREFECT_API_URL to the address of yours."
        )
    use_server(api_url)
    return api_url


def build_page_url(api_url: str, page: str = "") -> str:
    """Address of a page of the server's UI, such as runs/flow-run/<id>."""
    return f"{api_url.removesuffix('/').removesuffix('/api')}/v2/{page}".rstrip("/")


def find_server_log() -> Path:
    """Where `start_server` lets the server write what it has to say."""
    return Path(os.environ["PREFECT_HOME"]) / "server.log"


@contextmanager
def start_server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Prefect server on this machine, healthy when the block begins, ended with it. Raises CommandError."""
    api_url = build_api_url(port)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    # The pages ask the API where these two say it is, not where --port put it.
    environment = os.environ | {"PREFECT_API_URL": api_url, "PREFECT_SERVER_API_PORT": str(port)}
    log = find_server_log()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        _wait_until_healthy(server, api_url)
        yield server
    finally:
        server.terminate()
        server.wait()


def _wait_until_healthy(server: subprocess.Popen[bytes], api_url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_healthy(api_url):
        if server.poll() is not None:
            raise CommandError(f"The Prefect server for {api_url} stopped while starting: see {find_server_log()}.")
        if time.monotonic() > deadline:
            raise CommandError(f"The Prefect server for {api_url} does not answer: see {find_server_log()}.")
        time.sleep(0.2)


@contextmanager
def interrupt_on_terminate() -> Iterator[None]:
    """Inside the block a SIGTERM is an interrupt, so that what the block started is ended too."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
