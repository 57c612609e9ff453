"""What a machine reads once fits what app.json may say later, and each environment's machine serves its own domains."""

import copy

from product import Project

MANIFEST = {
    "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
    "infra": {"environments": ["production", "staging"]},
    "apps": [
        {
            "name": provider,
            "path": provider,
            "domains": [f"{provider}.example.com"],
            "environments": {"staging": {"config": {"domains": [{"name": f"{provider}.staging.example.com"}]}}},
            "infra": {"provider": provider, "type": "vm", "config": {"ssh_keys": ["laptop"], "ssh_addresses": ["203.0.113.7/32"]}},
        }
        for provider in ("digitalocean", "hetzner")
    ],
}


def show_files(workspace, name):
    """Lets a machine's leaf keep the text as well, of which providers keep but a digest."""
    workspace.write(f"providers/{name}/vm/file.tf", 'resource "terraform_data" "file" {\n  input = local.user_data\n}\n')


def files(t, manifest, environment):
    """The file of cloud-init by the app that it is for."""
    with Project() as project:
        workspace = t.workspace(project.update(manifest), environment=environment)
        for app in manifest["apps"]:
            show_files(workspace, app["name"])
        workspace.init()
        plan = workspace.plan()
        t.check(f"{environment}: plans", plan.code in (0, 2), plan)
        changes = workspace.show("tfplan")["resource_changes"]
        return {app["name"]: next(
            item["change"]["after"]["input"] for item in changes if item["address"].endswith(f'["{app["name"]}"].terraform_data.file')
        ) for app in manifest["apps"]}


def ufw(text):
    """The commands that open the machine's own firewall."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("  - [ufw")]
    return [[word.strip('"') for word in line.removeprefix("- [").removesuffix("]").split(", ")] for line in lines]


def test_machines_serve_the_domains_of_their_environment(t):
    for environment, domain, other in (("production", "{}.example.com", "{}.staging.example.com"), ("staging", "{}.staging.example.com", "{}.example.com")):
        for name, text in files(t, MANIFEST, environment).items():
            t.check(f"{name} in {environment} serves its domain", domain.format(name) in text, text)
            t.check(f"{name} in {environment} asks for no certificate of the other's", f" {other.format(name)}" not in text, text)


def test_a_machine_without_domains_answers_under_its_address(t):
    manifest = copy.deepcopy(MANIFEST)
    for app in manifest["apps"]:
        del app["environments"]
    for name, text in files(t, manifest, "staging").items():
        t.check(f"{name}: in staging there is no domain", "example.com {" not in text and ":80 {" in text, text)


def test_wildcards_are_served(t):
    manifest = copy.deepcopy(MANIFEST)
    for app in manifest["apps"]:
        app["domains"] = [{"name": f"{app['name']}.example.com", "wildcard": True}]
        app["infra"]["config"]["https"] = False
    for name, text in files(t, manifest, "production").items():
        t.check(f"{name}: with and without a name before it", f"http://{name}.example.com, http://*.{name}.example.com {{" in text, text)


def test_who_may_log_in_can_change_later(t):
    """The machine's own firewall is written once: an address in it would lock out everybody else for ever."""
    manifest = copy.deepcopy(MANIFEST)
    manifest["apps"][0]["infra"]["config"]["open_ports"] = [{"port": "9100-9101", "tags": ["monitor"]}]
    found = files(t, manifest, "production")
    for name, text in found.items():
        rules = ufw(text)
        t.check(f"{name}: ssh is open to whom the cloud's firewall lets in", ["ufw", "allow", "proto", "tcp", "from", "any", "to", "any", "port", "22"] in rules, rules)
        t.check(f"{name}: no address stands in it", "203.0.113.7" not in text, rules)
    rules = ufw(found["digitalocean"])
    t.check("a port for machines with a tag is open", ["ufw", "allow", "proto", "tcp", "from", "any", "to", "any", "port", "9100:9101"] in rules, rules)


def test_apps_reach_the_volumes_of_their_machine(t):
    for name, text in files(t, MANIFEST, "production").items():
        run = next(line for line in text.splitlines() if "docker run" in line)
        t.check(f"{name}: volumes that come later too", "type=bind,source=/mnt,target=/mnt,bind-propagation=rslave" in run, run)
