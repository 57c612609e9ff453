"""`webkit infra lock`: the lock file of providers, from packages in a folder."""

import json
import zipfile

from product import Project

MANIFEST = {
    "project": {"name": "shop"},
    "infra": {"environments": ["production", "staging"]},
    "resources": [{"name": "db", "provider": "turso", "type": "sqlite", "config": {"group": "default"}}],
}
PLATFORMS = ("darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64")


def write_packages(folder, platforms):
    """Packages that hold no program: for a lock file their bytes are enough."""
    packages = folder / "registry.terraform.io" / "jpedroh" / "turso"
    packages.mkdir(parents=True, exist_ok=True)
    for platform in platforms:
        with zipfile.ZipFile(packages / f"terraform-provider-turso_1.2.3_{platform}.zip", "w") as package:
            package.writestr(zipfile.ZipInfo("terraform-provider-turso_v1.2.3"), platform)


def test_the_providers_are_locked_for_several_machines(t):
    with Project(MANIFEST) as project:
        project.update()
        lock = project.folder / "infra" / ".terraform.lock.hcl"

        def run(*words):
            return project.run("infra", "lock", "--engine", t.engine.path, *words)

        write_packages(project.folder / "mirror", PLATFORMS[:3])
        refused = run("--fs-mirror", "mirror")
        t.check("a machine without a package: nothing is written", refused.returncode == 1 and not lock.exists(), refused)
        t.check("and it is named", "linux_arm64" in refused.stderr, refused.stderr)
        write_packages(project.folder / "mirror", PLATFORMS)
        done = run("--fs-mirror", "mirror")
        t.check("locked", done.returncode == 0 and "infra/.terraform.lock.hcl is written: commit it" in done.stderr, done)
        text = lock.read_text()
        t.check("one provider, four checksums", text.count("h1:") == 4 and "jpedroh/turso" in text, text)
        again = json.loads(run("--fs-mirror", str(project.folder / "mirror"), "--json").stdout.splitlines()[-1])
        t.check("again: nothing changes", again == {"type": "locked", "path": "infra/.terraform.lock.hcl", "changed": False}, again)
        t.check("its bytes too", lock.read_text() == text)
        wrong = run("--fs-mirror", "mirror", "--platform", "plan9")
        t.check("a machine that can't be is refused", wrong.returncode == 1 and "plan9" in wrong.stderr, wrong)
        t.check("git would take it", ".terraform.lock.hcl" not in (project.folder / "infra" / ".gitignore").read_text())
