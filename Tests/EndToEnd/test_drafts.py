"""What `webkit spec new` writes is a spec whose modules Terraform takes, before anybody has decided anything."""

import json

from harness import ROOT, Workspace
from product import Project

SCHEMAS = ROOT / "Tests" / "Schemas"
#: Types of four providers, and what of their arguments has to be given; secrets come from the environment.
DRAFTS = {
    "digitalocean": {
        "digitalocean_vpc": {"region": "lon1"},
        "digitalocean_kubernetes_cluster": {
            "region": "lon1",
            "kubernetes_cluster_version": "1.33",
            "node_pool": {"name": "pool", "size": "s-2vcpu-4gb", "node_count": 1},
        },
        "digitalocean_loadbalancer": {
            "region": "lon1",
            "forwarding_rule": [{"entry_port": 80, "entry_protocol": "http", "target_port": 80, "target_protocol": "http"}],
        },
        "digitalocean_app": {"spec": {"name": "drafted", "region": "lon"}},
    },
    "hcloud": {
        "hcloud_server": {"server_type": "cx23", "image": "debian-12"},
        "hcloud_network": {"ip_range": "10.0.0.0/16"},
        "hcloud_volume": {"size": 10, "location": "nbg1"},
    },
    "b2": {"b2_bucket": {"bucket_name": "drafted", "bucket_type": "allPrivate"}},
    "peekaping": {"peekaping_tag": {"color": "#ff0000"}, "peekaping_proxy": {"host": "proxy", "port": 80, "protocol": "http"}},
}


def test_drafted_specs_give_valid_terraform(t):
    with Project() as project:
        resources = []
        for provider, types in DRAFTS.items():
            for resource, config in types.items():
                files = ["--schema", SCHEMAS / f"{provider}.json", "--constraints", SCHEMAS / "constraints" / f"{provider}.json"]
                done = project.run("spec", "new", *map(str, files), resource)
                t.check(f"{resource}: spec new", done.returncode == 0, done.stdout + done.stderr)
                word = resource.removeprefix(provider + "_")
                resources.append({"name": word.replace("_", "-"), "type": word, "provider": provider, "config": config})
        checked = project.run("spec", "check", "--coverage")
        t.check("spec check", checked.returncode == 0, checked.stdout + checked.stderr)
        project.write(
            {
                "project": {"name": "drafted"},
                "infra": {"backend": {"type": "local"}, "environments": ["production"]},
                "resources": resources,
            }
        )
        done = project.run("update", "--specs", "ProviderSpecs")
        if not t.check("update", done.returncode == 0, done.stdout + done.stderr):
            return
        with Workspace(project.folder / "infra", t.engine, "production") as workspace:
            if not t.check("init", workspace.init().code == 0):
                return
            formatted = workspace.terraform("fmt", "-check", "-diff", "-recursive")
            t.check("fmt", formatted.code == 0, repr(formatted))
            valid = workspace.terraform("validate", "-json")
            problems = valid.json()["diagnostics"] if valid.stdout.startswith("{") else [valid.output]
            shown = "\n".join(json.dumps(item)[:600] for item in problems)
            t.check("validate", valid.code == 0 and not problems, shown)
