"""`webkit infra diff`: what two environments don't have alike."""

import json

from harness import GOLDEN
from product import Project


def test_what_two_environments_do_not_have_alike(t):
    manifest = json.loads((GOLDEN / "staging-smaller" / "input" / "app.json").read_text())
    manifest["infra"]["providers"] = {"digitalocean": {"assign_project": False}}
    manifest["apps"][0]["env"] = {
        "production": {"MODE": "live", "TOKEN": {"source": "sops", "value": "TOKEN"}, "SAME": "1"},
        "staging": {"MODE": "test\nrun", "TOKEN": {"source": "value", "value": "made-up"}, "SAME": "1"},
    }
    with Project(manifest) as project:
        done = project.run("infra", "diff", "staging", "production")
        expected = [
            "archive: only in production",
            "db.config.node_count: staging 1, production 2",
            'db.config.pool: staging {"size":5}, production {"size":40}',
            "db.config.size: staging db-s-1vcpu-1gb, production db-s-4vcpu-8gb",
            "db.config.storage_autoscale: staging (nothing), production {}",
            'files.config.cdn: staging {"enabled":false}, production {"ttl":86400}',
            "files.config.versioning: staging false, production true",
            "preview: only in staging",
            "web.config.size: staging apps-s-1vcpu-0.5gb, production apps-d-2vcpu-4gb",
            "web.env.MODE: staging test\\nrun, production live",
            "web.env.TOKEN: staging made-up, production (secret)",
            "worker.config.backups: staging (nothing), production {}",
            "worker.config.size: staging s-1vcpu-1gb, production s-4vcpu-8gb",
        ]
        t.check("they differ: exit 3", done.returncode == 3, done)
        t.check("each difference has a line", done.stdout.splitlines() == expected, done.stdout)
        lines = [json.loads(line) for line in project.run("infra", "diff", "staging", "production", "--json").stdout.splitlines()]
        found = [line for line in lines if line["type"] == "difference"]
        t.check("as JSON", len(found) == len(expected) and found[1]["values"] == {"staging": "1", "production": "2"}, found)
        same = project.run("infra", "diff", "staging", "staging")
        t.check("an environment is like itself", same.returncode == 0 and "are alike" in same.stdout, same)
        wrong = project.run("infra", "diff", "stagin", "production")
        t.check("an unknown one", wrong.returncode == 64 and "Did you mean `staging`?" in wrong.stderr, wrong)
        one = project.run("infra", "diff", "staging")
        t.check("two are needed", one.returncode == 64, one)
        t.check("nothing is written", not (project.folder / "infra").exists())


#: Terraform isn't called.
test_what_two_environments_do_not_have_alike.takes_any_engine = True
