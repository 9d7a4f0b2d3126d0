"""What a running council logs, and what stands open on trial alone."""

import logging
from logging.handlers import MemoryHandler

from django.conf import settings
from django.test import Client
from django.urls import resolve


def test_the_style_guide_stands_open_on_trial(db: None, client: Client) -> None:
    assert settings.TRIAL
    page = client.get("/style/").content.decode()
    assert resolve("/style/").url_name == "styleguide"
    assert "Alex Made-Up" in page
    assert "There is a problem" in client.get("/style/?errors").content.decode()


def test_a_stranger_s_name_of_a_host_is_refused_and_is_no_news(client: Client) -> None:
    root, heard = logging.getLogger(), MemoryHandler(100, flushLevel=logging.CRITICAL + 1)
    root.addHandler(heard)
    try:
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    finally:
        root.removeHandler(heard)
    assert [record.getMessage() for record in heard.buffer if "evil" in record.getMessage()] == []


def test_a_log_line_begins_with_its_time() -> None:
    handler = logging.getLogger().handlers
    ours = [each.formatter for each in handler if type(each) is logging.StreamHandler]
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Not found: /x", None, None)
    record.created = 0
    assert ours[0] is not None
    line = ours[0].format(record)
    assert line.startswith("1970-01-01 ")
    assert line.endswith(" ERROR django.request: Not found: /x")
