"""``make bench``: the engine first, then the pages."""

from bench import engine, web

engine.measure()
web.measure()
