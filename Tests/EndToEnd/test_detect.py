"""`webkit infra detect`: a made-up world in every condition, told apart in one run and in the providers' own words."""

import copy
import json
import stat

from harness import ROOT
from running import Surroundings

PRODUCTION = ("--environment", "production")
FOUND = "5a4981aa-9653-4bd1-bef5-d6bff52042e4"

FORBIDDEN = 'GET https://api.digitalocean.com/v2/{path}: 403 (request "made-up") You are not authorized to perform this operation'
UNAUTHORISED = 'GET https://api.digitalocean.com/v2/{path}: 401 (request "made-up") Unable to authenticate you'
BROKEN = 'GET https://api.digitalocean.com/v2/{path}: 500 (request "made-up") Server Error'
TIMEOUT = 'Get "https://api.digitalocean.com/v2/{path}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'


class World:
    """Resources of a manifest, what exists of them, and what is to be said of each."""

    def __init__(self):
        self.resources, self.apps, self.expected = [], [], {}
        self.world = {"data": {}, "errors": {}}

    def add(self, name, kind, status, provider="digitalocean", config=None, words=None, app=False):
        item = {"name": name, "provider": provider, "type": kind, "config": config or {}}
        if app:
            self.apps.append({"name": name, "infra": {key: item[key] for key in ("provider", "type", "config")}})
        else:
            self.resources.append(item)
        self.expected[name] = (status, words)

    def exists(self, kind, **attributes):
        self.world["data"].setdefault(kind, []).append(attributes)

    def fails(self, kind, name, summary, detail=""):
        self.world["errors"][f"data {kind} {name}"] = [summary, detail]

    def manifest(self):
        return {
            "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
            "infra": {"environments": ["production"]},
            "resources": self.resources, "apps": self.apps,
        }


def forty():
    w = World()
    # The provider says "no ... found", or its own words for it.
    w.add("net-none", "vpc", "absent", config={"region": "fra1"})
    w.add("net-there", "vpc", "found", config={"region": "fra1"})
    w.exists("digitalocean_vpc", name="shop-net-there", id=FOUND)
    w.add("net-twice", "vpc", "ambiguous", words="too many VPCs found with name shop-net-twice (found 2, expected 1)", config={"region": "fra1"})
    for number in "12":
        w.exists("digitalocean_vpc", name="shop-net-twice", id=f"0000000{number}-9653-4bd1-bef5-d6bff52042e4")
    w.add("net-refused", "vpc", "unknown", words="403", config={"region": "fra1"})
    w.fails("digitalocean_vpc", "shop-net-refused", "Error retrieving VPCs: " + FORBIDDEN.format(path="vpcs"))
    w.add("net-stranger", "vpc", "unknown", words="401", config={"region": "fra1"})
    w.fails("digitalocean_vpc", "shop-net-stranger", "Error retrieving VPCs: " + UNAUTHORISED.format(path="vpcs"))
    w.add("net-slow", "vpc", "unknown", words="context deadline exceeded", config={"region": "fra1"})
    w.fails("digitalocean_vpc", "shop-net-slow", "Error retrieving VPCs: " + TIMEOUT.format(path="vpcs"))
    w.add("net-broken", "vpc", "unknown", words="500", config={"region": "fra1"})
    w.fails("digitalocean_vpc", "shop-net-broken", "Error retrieving VPCs: " + BROKEN.format(path="vpcs"))
    # Absence looks like an error that isn't one; these words only hold it.
    w.add("net-odd", "vpc", "unknown", words="proxy", config={"region": "fra1"})
    w.fails("digitalocean_vpc", "shop-net-odd", "the proxy said: no VPCs found with name shop-net-odd")
    # A null id and no error is an absent database, as long as there is another.
    w.add("db-none", "postgres", "absent", config={"region": "fra1", "vpc": "net-none"})
    w.add("db-there", "postgres", "found", config={"region": "fra1", "vpc": "net-none"})
    w.exists("digitalocean_database_cluster", name="shop-db-there", id="9cc10173-e9ea-4176-9dbc-a4cee4c4ff30", password="never-to-be-shown")
    w.add("db-mysql", "mysql", "absent", config={"region": "fra1", "vpc": "net-none"})
    w.add("db-refused", "mysql", "unknown", words="403", config={"region": "fra1", "vpc": "net-none"})
    w.fails("digitalocean_database_cluster", "shop-db-refused", "Error retrieving database clusters: " + FORBIDDEN.format(path="databases"))
    w.add("cache-there", "valkey", "found", config={"region": "fra1", "vpc": "net-none"})
    w.exists("digitalocean_database_cluster", name="shop-cache-there", id="9cc10173-0000-4176-9dbc-a4cee4c4ff30")
    w.add("cache-broken", "valkey", "unknown", words="500", config={"region": "fra1", "vpc": "net-none"})
    w.fails("digitalocean_database_cluster", "shop-cache-broken", "Error retrieving database clusters: " + BROKEN.format(path="databases"))
    w.add("none-at-all", "valkey", "absent", config={"region": "fra1", "vpc": "net-none"})
    w.fails("digitalocean_database_cluster", "shop-none-at-all", "Unable to find any database clusters")
    # Buckets are found by region and name.
    w.add("files-none", "s3", "absent", config={"region": "fra1"})
    w.add("files-there", "s3", "found", config={"region": "fra1"})
    w.exists("digitalocean_spaces_bucket", name="shop-files-there", id="shop-files-there", region="fra1")
    w.add("files-elsewhere", "s3", "absent", config={"region": "fra1"})
    w.exists("digitalocean_spaces_bucket", name="shop-files-elsewhere", id="shop-files-elsewhere", region="nyc3")
    w.add("files-keyless", "s3", "unknown", words="Spaces credentials not configured", config={"region": "fra1"})
    w.fails("digitalocean_spaces_bucket", "shop-files-keyless", "Spaces credentials not configured")
    w.add("cluster-none", "kubernetes", "absent", config={"region": "fra1", "vpc": "net-none"})
    w.add("cluster-there", "kubernetes", "found", config={"region": "fra1", "vpc": "net-none"})
    w.exists("digitalocean_kubernetes_cluster", name="shop-cluster-there", id="0c10c173-e9ea-4176-9dbc-a4cee4c4ff30")
    w.add("disk-none", "volume", "absent", config={"region": "fra1"})
    w.add("disk-twice", "volume", "ambiguous", words="too many volumes", config={"region": "fra1"})
    for number in "12":
        w.exists("digitalocean_volume", name="shop-disk-twice", id=f"d{number}", region="fra1")
    w.add("zone-none", "domain", "absent", config={"domain": "none.example"})
    w.add("zone-there", "domain", "found", config={"domain": "there.example"})
    w.exists("digitalocean_domain", name="there.example", id="there.example")
    w.add("zone-refused", "domain", "unknown", words="403", config={"domain": "refused.example"})
    w.fails("digitalocean_domain", "refused.example", "Error retrieving domain: " + FORBIDDEN.format(path="domains/refused.example"))
    w.add("address", "reserved_ip", "undetectable", config={"region": "fra1"})
    # Another provider, with words of its own; some stand in the detail alone.
    w.add("lan-none", "network", "absent", "hetzner")
    w.add("lan-there", "network", "found", "hetzner")
    w.exists("hcloud_network", name="shop-lan-there", id=4711)
    w.add("lan-limited", "network", "unknown", "hetzner", words="rate_limit_exceeded")
    w.fails("hcloud_network", "shop-lan-limited", "limit of 3600 requests per hour reached (rate_limit_exceeded)")
    w.add("store-none", "volume", "absent", "hetzner", config={"location": "fsn1"})
    w.add("store-there", "volume", "found", "hetzner", config={"location": "fsn1"})
    w.exists("hcloud_volume", name="shop-store-there", id=4712)
    w.add("names-none", "dns", "absent", "hetzner", config={"domain": "nowhere.example"})
    w.fails("hcloud_zone", "nowhere.example", "Resource not found", 'Resource (zone) was not found: name="nowhere.example"')
    w.add("names-stranger", "dns", "unknown", "hetzner", words="unauthorized", config={"domain": "stranger.example"})
    w.fails("hcloud_zone", "stranger.example", "API request failed", "unable to authenticate (unauthorized)")
    # What nobody has measured is unknown, never absent.
    w.add("sql-none", "sqlite", "unknown", "turso", words="", config={"organization": "acme"})
    w.add("sql-there", "sqlite", "found", "turso", config={"organization": "acme"})
    w.exists("turso_database", name="shop-sql-there", organization_name="acme", db_id="0d8e", id="0d8e")
    # Machines: candidates are listed.
    w.add("one", "vm", "absent", app=True, config={"region": "fra1", "vpc": "net-none"})
    w.add("two", "vm", "ambiguous", words="41", app=True, config={"region": "fra1", "vpc": "net-none"})
    for number in (41, 42):
        w.exists("digitalocean_droplet", name="shop-two", id=number, region="fra1", created_at=f"2026-01-{number - 40:02}")
    w.add("three", "vm", "found", app=True, config={"region": "fra1", "vpc": "net-none"})
    w.exists("digitalocean_droplet", name="shop-three", id=43, region="fra1")
    w.add("site", "container", "undetectable", app=True, config={"region": "fra"})
    return w


TOKENS = {
    "DIGITALOCEAN_TOKEN": "made-up-token", "SPACES_ACCESS_KEY_ID": "made-up-id", "SPACES_SECRET_ACCESS_KEY": "made-up-secret",
    "HCLOUD_TOKEN": "h" * 64, "TURSO_API_TOKEN": "made-up-turso-token",
}


def surroundings(t, manifest, world=None, **tokens):
    s = Surroundings(t, manifest)
    s.variables.update({**TOKENS, **tokens})
    s.workspace.standins.set_world(world or {})
    return s


def lines(result, kind):
    return [line for line in map(json.loads, result.stdout.splitlines()) if line["type"] == kind]


def test_forty_resources_in_every_condition(t):
    w = forty()
    t.check("there are forty or more", len(w.expected) >= 40, len(w.expected))
    s = surroundings(t, w.manifest(), w.world)
    before = (s.project.folder / "app.json").read_bytes()
    s.workspace.standins.forget_calls()
    result = s.webkit("detect", *PRODUCTION, "--json")
    found = {line["item"]: line for line in lines(result, "detected")}
    for name, (status, words) in w.expected.items():
        line = found.get(name, {})
        t.check(f"{name}: {status}", line.get("status") == status, line or result)
        if words is not None:
            said = f"{line.get('words')} {json.dumps(line.get('candidates'))}"
            t.check(f"{name}: in the provider's words", words in said, line)
    t.check("none is left out, and what others need is there, too", set(w.expected) <= set(found), sorted(found))
    plans = [call for call in s.calls() if " plan " in call]
    t.check("one plan asked all", len(plans) == 1, s.calls())
    asked = [call for call in s.workspace.standins.calls() if "ReadDataSource" in call]
    t.check("each was asked once", len(asked) < 60, len(asked))
    t.check("nothing was made or changed", not any("Apply" in call for call in s.workspace.standins.calls()))
    t.check("the order is that of app.json", list(found)[: len(w.resources)] == [item["name"] for item in w.resources], list(found))
    t.check("something has to be decided", result.returncode == 3, result)
    said = result.stdout + result.stderr
    t.check("no secret is shown", "never-to-be-shown" not in said and not any(value in said for value in TOKENS.values()), said)
    t.check("ids are those that imports take", found["files-there"]["import_id"] == "fra1,shop-files-there", found["files-there"])
    t.check("and so are those of databases", found["sql-there"]["import_id"] == "acme/shop-sql-there", found["sql-there"])
    t.check("numbers are texts", found["lan-there"]["id"] == "4711", found["lan-there"])
    t.check("app.json stays", (s.project.folder / "app.json").read_bytes() == before)
    left = [path.name for path in (s.project.folder / ".webkit" / "cache" / "runs").rglob("*") if path.suffix != ".lock"]
    t.check("no plan is left, which holds what was found", left == [], left)
    table = s.webkit("detect", *PRODUCTION)
    t.check("the table says the same", "found" in table.stdout and "too many VPCs" in table.stdout, table)
    t.check("and the way out", "webkit infra import --app site --id" in table.stdout, table)
    t.check("and what to do with what was found", "detect --write --manage adopt" in table.stderr, table)


def test_a_provider_that_lets_nobody_in(t):
    w = World()
    w.add("lan", "network", "unknown", "hetzner")
    w.add("sql", "sqlite", "found", "turso", config={"organization": "acme"})
    w.exists("turso_database", name="shop-sql", organization_name="acme", db_id="0d8e", id="0d8e")
    w.world["errors"]["configure hcloud"] = f"the token {'h' * 64} is not valid (unauthorized)"
    s = surroundings(t, w.manifest(), w.world)
    # What the tree has of providers isn't downloaded a second time.
    installed = s.project.folder / "infra" / ".terraform" / "production" / "providers"
    installed.mkdir(parents=True)
    result = s.webkit("detect", "--json")
    given = [word.split("=", 1)[1] for call in s.calls() for word in call.split() if word.startswith("-plugin-dir=")]
    run = s.project.folder / ".webkit" / "cache" / "runs" / "production"
    t.check("from where they are", [(run / path).resolve() for path in given] == [installed.resolve()], s.calls())
    found = {line["item"]: line for line in lines(result, "detected")}
    t.check("what it has is unknown", found["lan"]["status"] == "unknown", result)
    t.check("for its reason, without the token", found["lan"]["words"] == "the token (secret) is not valid (unauthorized)", found["lan"])
    t.check("others answer all the same", found["sql"]["status"] == "found", found["sql"])
    table = s.webkit("detect")
    t.check("nor is it in the table", "(secret)" in table.stdout and "hhhh" not in table.stdout + table.stderr, table)


def test_what_is_asked_is_right_terraform(t):
    folders = sorted(path / "production" for path in (ROOT / "golden" / "probes").iterdir() if path.is_dir())
    t.check("there are some", len(folders) >= 2, folders)
    for folder in folders:
        workspace = t.workspace(folder)
        t.check(f"{folder.parent.name}: is formatted", workspace.terraform("fmt", "-check").code == 0)
        t.check(f"{folder.parent.name}: init", workspace.init().code == 0)
        valid = workspace.terraform("validate", "-json")
        t.check(f"{folder.parent.name}: is valid, without a warning", valid.json()["diagnostics"] == [], valid)


NETWORK = {
    "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
    "infra": {"environments": ["production", "staging"]},
    "resources": [
        {"name": "lan", "type": "network", "provider": "hetzner"},
        {"name": "disk", "type": "volume", "provider": "hetzner", "config": {"location": "fsn1"}},
    ],
}

THERE = {"data": {"hcloud_network": [{"name": "shop-lan", "id": 4711, "ip_range": "10.0.0.0/16"}]}}

ODD = """{\r
\t"project": { "name": "shop", "repo": { "owner": "acme", "name": "shop" } },\r
\t"infra": {"environments": ["production", "staging"]},\r
\t"resources": [\r
\t\t{\r
\t\t\t"name": "lan",\r
\t\t\t"type": "network", "provider": "hetzner",\r
\t\t\t"config": {}\r
\t\t},\r
\t\t{"name":"disk","type":"volume","provider":"hetzner","config":{"location":"fsn1"}}\r
\t]\r
}\r
"""


def test_what_was_found_is_written_down(t):
    s = surroundings(t, ODD, THERE)
    path = s.project.folder / "app.json"
    path.chmod(0o640)
    first = s.webkit("detect", *PRODUCTION, "--write")
    t.check("detected and written", first.returncode == 0, first)
    wanted = ODD.replace('"provider": "hetzner",', '"provider": "hetzner", "manage": { "production": "existing" }, "id": { "production": "4711" },', 1).encode()
    t.check("all other bytes are as they were", path.read_bytes() == wanted, path.read_bytes().decode())
    t.check("and so are its rights", stat.S_IMODE(path.stat().st_mode) == 0o640)
    command = "webkit update --allow-replace lan"
    t.check("it says what is next", f"`{command}`" in first.stderr, first)
    stale = s.webkit("detect", *PRODUCTION)
    t.check("which has to be done first", stale.returncode == 1 and "webkit update" in stale.stderr, stale)
    updated = s.project.run(*command.split()[1:])
    t.check("and works", updated.returncode == 0, updated)
    kept = path.read_bytes()
    again = s.webkit("detect", *PRODUCTION, "--write", "--manage", "adopt")
    t.check("the owner's word stays", again.returncode == 0 and path.read_bytes() == kept, again)
    plan = s.webkit("plan", *PRODUCTION)
    t.check("nothing makes it again", plan.returncode == 0 and "hcloud_network.this" not in plan.stdout, plan)
    staging = s.webkit("detect", "--environment", "staging", "--write")
    t.check("staging has none, and says nothing of it", staging.returncode == 0 and path.read_bytes() == kept, staging)


def test_apply_finds_out_first(t):
    s = surroundings(t, copy.deepcopy(NETWORK), THERE)
    before = (s.project.folder / "app.json").read_bytes()
    refused = s.webkit("apply", *PRODUCTION, "--detect", "--auto-approve")
    t.check("nothing is made a second time", refused.returncode == 1 and "made a second time" in refused.stderr, refused)
    t.check("with the way out", "--write --manage adopt" in refused.stderr, refused)
    t.check("app.json isn't changed unasked", (s.project.folder / "app.json").read_bytes() == before)
    t.check("nothing was done", not any(" apply " in call for call in s.calls()), s.calls())
    done = s.webkit("apply", *PRODUCTION, "--detect", "--write", "--manage", "adopt", "--auto-approve")
    t.check("written down, updated, planned, done", done.returncode == 0 and "Done in production" in done.stderr, done)
    t.check("it came into the state", "import" in done.stdout, done)
    managed = s.webkit("detect", *PRODUCTION, "--json")
    found = {line["item"]: line for line in lines(managed, "detected")}
    t.check("now the state has it", {line["status"] for line in found.values()} == {"managed"}, managed)
    t.check("and says where", "hcloud_network.this" in found["lan"]["address"], found["lan"])
    t.check("with nothing to decide", managed.returncode == 0, managed)
    s.workspace.standins.set_world({**THERE, "errors": {"data hcloud_network": "Server Error (service_error)"}})
    unsure = s.webkit("apply", "--environment", "staging", "--detect", "--auto-approve")
    t.check("what can't be told isn't made unattended", unsure.returncode == 1 and "nobody knows whether `lan`" in unsure.stderr, unsure)


def test_what_detection_refuses(t):
    s = surroundings(t, copy.deepcopy(NETWORK), THERE)
    lonely = s.webkit("detect", *PRODUCTION, "--manage", "adopt")
    t.check("--manage without --write", lonely.returncode == 64 and "--write" in lonely.stderr, lonely)
    apart = s.webkit("apply", *PRODUCTION, "--write", "--auto-approve")
    t.check("--write without --detect", apart.returncode == 64 and "--detect" in apart.stderr, apart)
    word = s.webkit("detect", *PRODUCTION, "--write", "--manage", "create")
    t.check("another word", word.returncode == 64 and "adopt" in word.stderr, word)
    unclear = s.webkit("detect")
    t.check("no environment", unclear.returncode == 64 and "--environment" in unclear.stderr, unclear)
    s.variables.pop("HCLOUD_TOKEN")
    poor = s.webkit("detect", *PRODUCTION)
    t.check("no credentials", poor.returncode == 1 and "HCLOUD_TOKEN" in poor.stderr, poor)
    t.check("nobody was asked", not any(" init" in call for call in s.calls()), s.calls())
    manifest = {
        "project": NETWORK["project"],
        "infra": {"environments": ["production"]},
        "resources": NETWORK["resources"],
        "apps": [{"name": "api", "infra": {"provider": "hetzner", "type": "vm"}, "env": {"LAN": {"source": "resource", "value": "lan.subnet_id"}}}],
    }
    s = surroundings(t, manifest, THERE)
    before = (s.project.folder / "app.json").read_bytes()
    unfit = s.webkit("detect", "--write")
    t.check("what `update` would refuse isn't written", unfit.returncode == 1 and "nothing tells its `subnet_id`" in unfit.stderr, unfit)
    t.check("and app.json stays", (s.project.folder / "app.json").read_bytes() == before and "stays as it is" in unfit.stderr, unfit)
    manifest = copy.deepcopy(NETWORK)
    manifest["resources"][0]["id"] = {"production": "1"}
    s = surroundings(t, manifest, THERE)
    other = s.webkit("detect", *PRODUCTION, "--write")
    t.check("another id than the owner's", "its `id` there is `1`, and `4711` was found" in other.stderr, other)
    t.check("is left to the owner", '"manage"' not in (s.project.folder / "app.json").read_text(), other)
