"""A machine whose first start has more to read than its provider takes is refused: by the command where it is known, else by the plan."""

from product import Project

#: What the providers take, in bytes.
LIMITS = {"hetzner": 32768, "digitalocean": 65536}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIrPZlUU7bR6q0 somebody@example.com"


def manifest(provider, count, key, padding=0):
    """A machine with a number of apps; the padding is that many bytes more at its first start."""

    def app(number):
        config = {"host": "app-0"}
        if number == 0:
            config = {"ssh_keys": [key], "admin_email": "ü@example.com"}
        # Paths stand in the file once each.
        config["health_check_path"] = "/" + "x" * max(0, min(padding - 500 * number, 500))
        return {
            "name": f"app-{number}", "path": f"apps/{number}", "build": {"port": 5000 + number},
            "infra": {"provider": provider, "type": "vm", "config": config},
        }

    return {"project": {"name": "site", "repo": "acme/site"}, "infra": {"backend": {"type": "local"}}, "apps": [app(number) for number in range(count)]}


def refused(t, provider, count, key, padding):
    """What the command says, and what Terraform does of the tree where there is one."""
    with Project(manifest(provider, count, key, padding)) as project:
        done = project.run("update")
        if done.returncode:
            return done.stderr, ""
        workspace = t.workspace(project.folder / "infra", environment="production", world={"data": {"*": "anything"}})
        for name in workspace.ephemeral_variables():
            workspace.variables.setdefault(f"TF_VAR_{name}", "made-up-token-".ljust(64, "0"))
        t.check(f"{provider}: init", workspace.init().code == 0)
        planned = workspace.plan()
        return "", "" if planned.code == 2 else planned.words


def size(text):
    """The size that a refusal speaks of."""
    words = text.split()
    return int(words[words.index("bytes") - 1]) if "bytes" in words else None


def test_first_starts_are_short_enough(t):
    for provider, limit in LIMITS.items():
        count = limit // 2000
        said, _ = refused(t, provider, count, KEY, 0)
        found = size(said)
        t.check(f"{provider}: {count} apps are too many", found and found > limit, said)
        # One app less at a time, until the rest is padding.
        while found and found > limit:
            count -= 1
            found = size(refused(t, provider, count, KEY, 0)[0])
        said, _ = refused(t, provider, count, KEY, 4000)
        padding = 4000 - (size(said) - limit)
        said, planned = refused(t, provider, count, KEY, padding)
        t.check(f"{provider}: {limit} bytes are taken", not said and not planned, said + planned)
        said, _ = refused(t, provider, count, KEY, padding + 1)
        t.check(f"{provider}: one byte more isn't", size(said) == limit + 1, said)
        # A key by its name is for Terraform to look up.
        said, planned = refused(t, provider, count + 1, "laptop", padding)
        t.check(f"{provider}: the plan refuses what the command can't know", not said and "bytes" in planned, said + planned)
