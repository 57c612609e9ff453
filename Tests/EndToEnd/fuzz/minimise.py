"""Makes a manifest small as long as it shows the same."""

import time

from trials import without


def smallest(manifest, shows, seconds):
    """Takes away whatever can go, the largest parts first, for some seconds."""
    end = time.monotonic() + seconds
    changed = True
    while changed and time.monotonic() < end:
        changed = False
        for path in sorted(_paths(manifest), key=len):
            if time.monotonic() > end:
                break
            try:
                smaller = without(manifest, path)
            except (KeyError, IndexError, TypeError):
                continue
            if shows(smaller):
                manifest, changed = smaller, True
    return manifest


def _paths(value, path=()):
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    # From the back, so that what is taken away doesn't move the rest.
    for key, inner in reversed(list(entries)):
        if path + (key,) not in (("project",), ("project", "name")):
            yield path + (key,)
        yield from _paths(inner, path + (key,))
