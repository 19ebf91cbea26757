from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.errors import CommandError
from flows.server import build_page_url, choose_server, find_server, is_healthy, require_server

NOBODY = "http://127.0.0.1:9/api"


class Health(BaseHTTPRequestHandler):
    """A server that says it is well at /api/health, and asks for a key at /locked/health."""

    def do_GET(self) -> None:
        self.send_response({"/api/health": 200, "/locked/health": 401}.get(self.path, 404))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("http_proxy", NOBODY)
    monkeypatch.setenv("PREFECT_API_URL", NOBODY)
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_health_is_asked_past_any_proxy(address: str) -> None:
    assert is_healthy(f"{address}/api")
    assert is_healthy(f"{address}/locked")
    assert not is_healthy(f"{address}/elsewhere")
    assert not is_healthy(NOBODY)
    assert not is_healthy("no address")


def test_a_running_server_is_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", f"{address}/api")
    assert find_server() == choose_server() == require_server() == f"{address}/api"


def test_without_one_prefect_starts_its_own(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    assert choose_server() is None
    assert "PREFECT_API_URL" not in os.environ
    assert os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] == "true"


def test_a_schedule_needs_a_server_that_stays(address: str) -> None:
    with pytest.raises(CommandError, match="readout ui"):
        require_server()


@pytest.mark.parametrize(
    ("api_url", "page", "expected"),
    [
        ("http://127.0.0.1:4200/api", "runs", "http://127.0.0.1:4200/v2/runs"),
        ("http://127.0.0.1:4200/api/", "", "http://127.0.0.1:4200/v2"),
    ],
)
def test_pages_stand_beside_the_api(api_url: str, page: str, expected: str) -> None:
    assert build_page_url(api_url, page) == expected
