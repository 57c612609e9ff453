"""The stand-in providers behave as the real ones do where it matters to generated trees."""

from harness import FIXTURES

SMALL = FIXTURES / "small" / "expected" / "infra"
_HEAD = """
terraform {
  required_providers {
    b2           = { source = "Backblaze/b2" }
    digitalocean = { source = "digitalocean/digitalocean" }
    hcloud       = { source = "hetznercloud/hcloud" }
    slack        = { source = "pablovarela/slack" }
    turso        = { source = "jpedroh/turso" }
  }
}
"""


def tiny(t, text, **options):
    """A workspace of one file, set up."""
    workspace = t.workspace(None, **options)
    workspace.write("main.tf", _HEAD + text)
    initialized = workspace.terraform("init")
    t.check("init", initialized.code == 0, initialized)
    return workspace


def apply(t, workspace, what="apply"):
    result = workspace.terraform("apply", "-auto-approve")
    t.check(what, result.code == 0, result)
    return result


def plan(t, workspace, what, code):
    result = workspace.terraform("plan", "-detailed-exitcode", "-out=tfplan")
    t.check(what, result.code == code, result)
    return result


_CLUSTER = """
resource "digitalocean_database_cluster" "this" {
  name       = "%(name)s"
  engine     = "pg"
  version    = "17"
  size       = "%(size)s"
  region     = "nyc3"
  node_count = 1
}

resource "digitalocean_database_db" "this" {
  cluster_id = digitalocean_database_cluster.this.id
  name       = "app"
}
"""


def test_force_new_replaces_and_the_rest_updates_in_place(t):
    workspace = tiny(t, _CLUSTER % {"name": "first", "size": "db-s-1vcpu-1gb"})
    apply(t, workspace)
    before = workspace.state()["digitalocean_database_cluster.this"]
    workspace.write("main.tf", _HEAD + _CLUSTER % {"name": "first", "size": "db-s-2vcpu-4gb"})
    plan(t, workspace, "a new size is a change", 2)
    changes = workspace.changes()
    t.check("a new size updates the cluster alone", changes == {"digitalocean_database_cluster.this": ["update"]}, changes)
    apply(t, workspace)
    after = workspace.state()["digitalocean_database_cluster.this"]
    t.check("the updated cluster is the same", before["id"] == after["id"] and before["uri"] == after["uri"], (before, after))

    workspace.write("main.tf", _HEAD + _CLUSTER % {"name": "second", "size": "db-s-2vcpu-4gb"})
    plan(t, workspace, "a new name is a change", 2)
    changes = workspace.changes()
    replaced = ["delete", "create"]
    wanted = {"digitalocean_database_cluster.this": replaced, "digitalocean_database_db.this": replaced}
    t.check("a new name replaces the cluster and what is in it", changes == wanted, changes)


def test_made_up_values_are_the_same_each_time_and_hang_together(t):
    found = []
    for _ in range(2):
        workspace = tiny(
            t,
            _CLUSTER % {"name": "first", "size": "db-s-1vcpu-1gb"}
            + """
resource "digitalocean_database_connection_pool" "this" {
  cluster_id = digitalocean_database_cluster.this.id
  name       = "pool"
  mode       = "transaction"
  size       = 5
  db_name    = digitalocean_database_db.this.name
}

resource "digitalocean_vpc" "this" {
  name   = "network"
  region = "nyc3"
}
""",
        )
        apply(t, workspace)
        found.append(workspace.state())
        workspace.close()
    t.check("two runs make up the same", found[0] == found[1], found)
    cluster = found[0]["digitalocean_database_cluster.this"]
    pool = found[0]["digitalocean_database_connection_pool.this"]
    t.check("the host follows the name", cluster["host"] == "first-do-user-0.example.invalid", cluster)
    t.check("ports are numbers", (cluster["port"], pool["port"]) == (25060, 25061), (cluster, pool))
    uri = f"postgresql://doadmin:{cluster['password']}@{cluster['host']}:25060/defaultdb?sslmode=require"
    t.check("the URI holds the password", cluster["uri"] == uri, cluster)
    t.check("the pool lives on the cluster's host", pool["host"] == cluster["host"], pool)
    t.check("the URN holds the id", cluster["urn"] == f"do:dbaas:{cluster['id']}", cluster)
    t.check("the id of what is in a cluster", found[0]["digitalocean_database_db.this"]["id"] == f"{cluster['id']}/database/app", found)
    network = found[0]["digitalocean_vpc.this"]["ip_range"]
    t.check("an address range", network.startswith("10.") and network.endswith(".0.0/20"), network)


_APP = """
resource "digitalocean_app" "this" {
  spec {
    name   = "%(name)s"
    region = "nyc"

    service {
      name = "web"

      git {
        repo_clone_url = "https://example.com/web.git"
        branch         = "main"
      }

      env {
        key   = "TOKEN"
        value = %(value)s
        type  = "%(type)s"
      }
      env {
        key   = "OTHER"
        value = "plain"
      }
    }
  }
}
"""


def test_secret_values_come_back_encrypted(t):
    workspace = tiny(t, _APP % {"name": "web", "value": '"secret"', "type": "SECRET"})
    apply(t, workspace)
    service = workspace.state()["digitalocean_app.this"]["spec"][0]["service"][0]
    values = {item["key"]: item["value"] for item in service["env"]}
    t.check("the secret is encrypted", values["TOKEN"].startswith("EV[1:"), values)
    t.check("what is plain stays plain", values["OTHER"] == "plain", values)
    plan(t, workspace, "a later plan differs", 2)
    apply(t, workspace)
    plan(t, workspace, "and differs for ever", 2)
    workspace.write("main.tf", _HEAD + _APP % {"name": "web", "value": f'"{values["TOKEN"]}"', "type": "SECRET"})
    apply(t, workspace, "the encrypted form is taken")
    plan(t, workspace, "and then nothing differs", 0)
    workspace.write("main.tf", _HEAD + _APP % {"name": "web", "value": '"secret"', "type": "GENERAL"})
    apply(t, workspace)
    plan(t, workspace, "a GENERAL value stays", 0)


def test_names_are_refused_as_the_real_providers_refuse_them(t):
    long = "a-name-of-more-than-thirty-two-characters"
    workspace = tiny(t, _APP % {"name": long, "value": '"x"', "type": "GENERAL"})
    known = plan(t, workspace, "a long name in a known block fails the plan", 1)
    t.check("in the provider's words", "expected length of spec.0.name to be in the range (2 - 32)" in known.words, known)
    text = _APP % {"name": long, "value": "terraform_data.later.output", "type": "GENERAL"}
    workspace.write("main.tf", _HEAD + text + '\nresource "terraform_data" "later" {\n  input = "x"\n}\n')
    t.check("init", workspace.terraform("init").code == 0)
    valid = workspace.terraform("validate")
    t.check("a long name in a block with unknown values is valid", valid.code == 0, valid)
    plan(t, workspace, "and passes the plan", 2)
    result = workspace.terraform("apply", "-auto-approve")
    t.check("and fails the apply", result.code == 1, result)

    workspace = tiny(t, 'resource "digitalocean_spaces_bucket" "this" {\n  name = "UPPER_case"\n}\n')
    plan(t, workspace, "a wrong bucket name passes the plan", 2)
    result = workspace.terraform("apply", "-auto-approve")
    t.check("and fails the apply", result.code == 1 and "InvalidBucketName" in result.words, result)


_REFUSED = (
    ("a volume of another region", """
resource "digitalocean_volume" "this" {
  name   = "data"
  region = "ams3"
  size   = 10
}
resource "digitalocean_droplet" "this" {
  name   = "web"
  image  = "debian-12-x64"
  region = "fra1"
  size   = "s-1vcpu-1gb"
}
resource "digitalocean_volume_attachment" "this" {
  volume_id  = digitalocean_volume.this.id
  droplet_id = digitalocean_droplet.this.id
}
""", "same region"),
    ("https without a certificate", """
resource "digitalocean_loadbalancer" "this" {
  name   = "entry"
  region = "fra1"
  forwarding_rule {
    entry_port      = 443
    entry_protocol  = "https"
    target_port     = 80
    target_protocol = "http"
  }
}
""", "certificate or tls_passthrough"),
    ("a certificate of nothing", 'resource "digitalocean_certificate" "this" {\n  name = "tls"\n}\n', "private_key is required"),
    ("an app without a source", """
resource "digitalocean_app" "this" {
  spec {
    name = "web"
    worker {
      name = "mail"
    }
  }
}
""", "exactly one source"),
    ("a record of a service without a port", """
resource "digitalocean_record" "this" {
  domain   = "example.com"
  type     = "SRV"
  name     = "_sip._tcp"
  value    = "sip.example.org."
  priority = 1
  weight   = 1
}
""", "port is required"),
)


def test_settings_are_refused_as_the_cloud_refuses_them(t):
    for what, text, words in _REFUSED:
        workspace = tiny(t, text)
        plan(t, workspace, f"{what} passes the plan", 2)
        result = workspace.terraform("apply", "-auto-approve")
        t.check("and fails the apply", result.code == 1 and words in result.words, result)
    volume = 'resource "digitalocean_volume" "this" {\n  name   = "data"\n  region = "fra1"\n  size   = %d\n}\n'
    workspace = tiny(t, volume % 20)
    apply(t, workspace)
    workspace.write("main.tf", _HEAD + volume % 10)
    result = plan(t, workspace, "a volume can't shrink", 1)
    t.check("in the provider's words", "can only be expanded" in result.words, result)


def test_a_renamed_bucket_keeps_its_id(t):
    text = 'resource "digitalocean_spaces_bucket" "this" {\n  name = "%s"\n}\n'
    workspace = tiny(t, text % "first-bucket")
    apply(t, workspace)
    workspace.write("main.tf", _HEAD + text % "second-bucket")
    plan(t, workspace, "a rename is a change", 2)
    changes = workspace.changes()
    t.check("in place", changes == {"digitalocean_spaces_bucket.this": ["update"]}, changes)
    apply(t, workspace)
    bucket = workspace.state()["digitalocean_spaces_bucket.this"]
    t.check("the state says one thing, the cloud another", (bucket["name"], bucket["id"]) == ("second-bucket", "first-bucket"), bucket)
    plan(t, workspace, "nothing differs afterwards", 0)


def test_constraints_speak_as_the_real_providers_do(t):
    cases = [
        (
            'resource "digitalocean_spaces_bucket" "this" {\n  name   = "bucket"\n  region = "moon1"\n}',
            'expected region to be one of ["ams3" "atl1" "blr1" "fra1" "lon1" "nyc3" "sfo2" "sfo3" "sgp1" "syd1" "tor1"], got moon1',
        ),
        (
            'resource "b2_application_key" "this" {\n  key_name     = "key"\n  capabilities = ["listFiles"]\n'
            '  bucket_id    = "a"\n  bucket_ids   = ["b"]\n}',
            '"bucket_id": conflicts with bucket_ids',
        ),
        ('data "digitalocean_droplet" "this" {}', '"id": one of `id,name,tag` must be specified'),
        (
            'data "digitalocean_droplet" "this" {\n  id  = 1\n  tag = "x"\n}',
            "only one of `id,name,tag` can be specified, but `id,tag` were specified.",
        ),
        ('resource "hcloud_server" "this" {\n  name = "a"\n  server_type = "cx22"\n  image = "x"\n  datacenter = "fsn1-dc14"\n}', "datacenter"),
        (
            'resource "digitalocean_database_cluster" "this" {\n  name = "abc"\n  engine = "pg"\n  size = "x"\n'
            '  region = "nyc3"\n  node_count = 1\n}',
            "version",
        ),
    ]
    for text, words in cases:
        workspace = tiny(t, text + "\n")
        result = workspace.terraform("plan")
        t.check(words, result.code == 1 and words in result.words, result)
        workspace.close()

    workspace = tiny(t, 'resource "b2_application_key" "this" {\n  key_name     = "key"\n  capabilities = []\n  bucket_id    = "a"\n}\n')
    result = workspace.terraform("validate")
    t.check("a deprecated argument warns", result.code == 0 and "deprecated" in result.words, result)


_NETWORK = """
resource "hcloud_network" "this" {
  name     = "network"
  ip_range = "10.0.0.0/16"
}
"""
_SUBNET = """
resource "hcloud_network_subnet" "%s" {
  network_id   = hcloud_network.this.id
  type         = "cloud"
  network_zone = "eu-central"
  ip_range     = "%s"
%s}
"""
_VOLUME = 'resource "hcloud_volume" "this" {\n  name     = "volume"\n  size     = 10\n  location = "%s"\n%s}\n'
_SERVER = """
resource "hcloud_server" "this" {
  name        = "server"
  server_type = "%s"
  image       = "ubuntu-24.04"
  location    = "fsn1"
%s}
"""


def test_hetzner_plans_no_labels_and_ranges_that_it_refuses(t):
    cases = [
        (_VOLUME % ("fsn1", '  labels = { team = "web shop" }\n'), "label value 'web shop' (key: team) is not correctly formatted"),
        (_VOLUME % ("fsn1", '  labels = { "-team" = "web" }\n'), "label key '-team' is not correctly formatted"),
        (
            'resource "hcloud_firewall" "this" {\n  name = "firewall"\n  rule {\n    direction  = "in"\n    protocol   = "icmp"\n'
            '    source_ips = ["198.51.100.7/24"]\n  }\n}\n',
            "198.51.100.7/24 is not the start of the cidr block 198.51.100.0/24",
        ),
    ]
    for text, words in cases:
        workspace = tiny(t, text)
        result = workspace.terraform("validate")
        t.check(words, result.code == 1 and words in result.words, result)
        workspace.close()


def test_hetzner_makes_nothing_that_its_api_refuses(t):
    attachment = 'resource "hcloud_volume_attachment" "this" {\n  volume_id = hcloud_volume.this.id\n  server_id = hcloud_server.this.id\n}\n'
    joined = "  network {\n    network_id = hcloud_network.this.id\n  }\n"
    cases = [
        (_SERVER % ("cx22", ""), "not available for order any more"),
        (_SERVER % ("cx23", "  delete_protection = true\n"), "delete and rebuild protection must be equal"),
        (_NETWORK + _SERVER % ("cx23", joined), "it holds no subnet"),
        (_NETWORK + _SUBNET % ("this", "10.1.0.0/24", ""), "no part of the network's"),
        (
            _NETWORK + _SUBNET % ("this", "10.0.0.0/23", "") + _SUBNET % ("other", "10.0.1.0/24", "  depends_on   = [hcloud_network_subnet.this]\n"),
            "overlaps with another subnet",
        ),
        (_VOLUME % ("hel1", "") + _SERVER % ("cx23", "") + attachment, "volume and server must be in the same location"),
        (
            'resource "hcloud_zone_rrset" "this" {\n  zone    = "example.com"\n  name    = "@"\n  type    = "TXT"\n  records = [{ value = "bare" }]\n}\n',
            "must be quoted",
        ),
        ('resource "b2_bucket" "this" {\n  bucket_name = "made-up"\n  bucket_type = "private"\n}\n', "invalid bucketType private"),
        (
            'resource "b2_application_key" "this" {\n  key_name     = "key"\n  capabilities = ["readfiles"]\n}\n',
            "invalid capabilities readfiles",
        ),
    ]
    for text, words in cases:
        workspace = tiny(t, text)
        result = workspace.terraform("apply", "-auto-approve")
        t.check(words, result.code == 1 and words in result.words, result)
        workspace.close()


def test_hetzner_keeps_what_is_protected(t):
    workspace = tiny(t, _VOLUME % ("fsn1", "  delete_protection = true\n"))
    apply(t, workspace)
    result = workspace.terraform("destroy", "-auto-approve")
    t.check("it stays", result.code == 1 and "deletion is protected" in result.words, result)
    workspace.write("main.tf", _HEAD + _VOLUME % ("fsn1", "  delete_protection = false\n"))
    apply(t, workspace, "without protection")
    result = workspace.terraform("destroy", "-auto-approve")
    t.check("it goes", result.code == 0, result)


def test_absent_things_are_absent_in_the_provider_s_words(t):
    text = """
data "digitalocean_vpc" "this" {
  name = "main"
}

output "id" {
  value = data.digitalocean_vpc.this.id
}
"""
    workspace = tiny(t, text)
    absent = plan(t, workspace, "an absent network fails", 1)
    t.check("in its words", "no VPCs found with name main" in absent.words, absent)
    workspace.standins.set_world({"data": {"digitalocean_vpc": [{"name": "main", "id": "vpc-1"}]}})
    apply(t, workspace, "a network that is there is found")
    t.check("with its id", workspace.outputs() == {"id": "vpc-1"}, workspace.outputs())
    workspace.standins.set_world({"data": {"digitalocean_vpc": [{"name": "main"}, {"name": "main"}]}})
    ambiguous = plan(t, workspace, "two of a name fail", 1)
    t.check("in its words", "too many VPCs found with name main (found 2, expected 1)" in ambiguous.words, ambiguous)
    workspace.standins.set_world({"errors": {"data digitalocean_vpc": "GET ...: 403 You are not authorized"}})
    refused = plan(t, workspace, "what isn't absence fails too", 1)
    t.check("in its words", "403 You are not authorized" in refused.words, refused)


def test_some_absent_things_are_a_null_id(t):
    text = """
data "digitalocean_database_cluster" "this" {
  name = "missing"
}

data "digitalocean_container_registry" "this" {
  name = "missing"
}

output "absent" {
  value = [data.digitalocean_database_cluster.this.id == null, data.digitalocean_container_registry.this.id == null]
}
"""
    workspace = tiny(t, text, world={"data": {"digitalocean_database_cluster": [{"name": "other"}]}})
    apply(t, workspace, "no error")
    t.check("null ids", workspace.outputs() == {"absent": [True, True]}, workspace.outputs())
    workspace.standins.set_world({})
    none = plan(t, workspace, "where there is no cluster at all there is an error", 1)
    t.check("in its words", "Unable to find any database clusters" in none.words, none)


def test_data_sources_find_what_was_made_and_keys_by_any_name(t):
    workspace = tiny(
        t,
        """
resource "digitalocean_vpc" "this" {
  name   = "made"
  region = "nyc3"
}

data "digitalocean_vpc" "this" {
  name       = "made"
  depends_on = [digitalocean_vpc.this]
}

data "digitalocean_ssh_key" "this" {
  name = "any"
}

output "same" {
  value = data.digitalocean_vpc.this.id == digitalocean_vpc.this.id && data.digitalocean_ssh_key.this.id > 0
}
""",
    )
    apply(t, workspace)
    t.check("the same network", workspace.outputs() == {"same": True}, workspace.outputs())
    workspace.standins.set_world({"data": {"digitalocean_ssh_key": []}})
    absent = plan(t, workspace, "a world that lists no keys has none", 1)
    t.check("in its words", "found with name any" in absent.words, absent)


def test_what_is_gone_is_planned_again(t):
    workspace = tiny(t, 'resource "digitalocean_vpc" "this" {\n  name   = "made"\n  region = "nyc3"\n}\n')
    apply(t, workspace)
    identity = workspace.state()["digitalocean_vpc.this"]["id"]
    workspace.standins.set_world({"resources": {"digitalocean_vpc": {identity: {"description": "by hand"}}}})
    plan(t, workspace, "what was changed by hand is a change", 2)
    t.check("in place", workspace.changes() == {"digitalocean_vpc.this": ["update"]}, workspace.changes())
    workspace.standins.set_world({"resources": {"digitalocean_vpc": {identity: None}}})
    plan(t, workspace, "what is gone is a change", 2)
    t.check("made anew", workspace.changes() == {"digitalocean_vpc.this": ["create"]}, workspace.changes())


def test_import_takes_what_exists(t):
    text = """
import {
  to = digitalocean_vpc.this
  id = "vpc-1"
}

resource "digitalocean_vpc" "this" {
  name   = "main"
  region = "nyc3"
}

import {
  to = digitalocean_database_db.this
  id = "cluster-1,app"
}

resource "digitalocean_database_db" "this" {
  cluster_id = "cluster-1"
  name       = "app"
}
"""
    workspace = tiny(t, text, world={"resources": {"digitalocean_vpc": {"vpc-1": {"name": "main", "region": "nyc3"}}}})
    planned = plan(t, workspace, "an import is a change", 2)
    t.check("of nothing but the state", "2 to import, 0 to add, 0 to change, 0 to destroy" in planned.words, planned)
    apply(t, workspace)
    t.check("with its id", workspace.state()["digitalocean_vpc.this"]["id"] == "vpc-1", workspace.state())
    plan(t, workspace, "nothing differs afterwards", 0)
    workspace.write("main.tf", _HEAD + 'resource "digitalocean_volume_attachment" "this" {\n  droplet_id = 1\n  volume_id = "x"\n}\n')
    refused = workspace.terraform("import", "digitalocean_volume_attachment.this", "x")
    t.check("some can't be imported", refused.code == 1 and "doesn't support import" in refused.words, refused)


_TOKEN = """
provider "turso" {
  api_token = var.turso_api_token
}

variable "turso_api_token" {
  type      = string
  default   = null
  ephemeral = true
  sensitive = true
}
"""
_TURSO = """
resource "turso_database" "this" {
  organization_name = "example"
  name              = "data"
}
"""


def test_a_provider_that_leaves_needs_its_token_once_more(t):
    token = {"TF_VAR_turso_api_token": "a-token"}
    workspace = tiny(t, _TOKEN + _TURSO)
    refused = workspace.terraform("apply", "-auto-approve")
    t.check("no apply without a token", refused.code == 1 and "api_token" in refused.words, refused)
    refused = workspace.terraform("apply", "-auto-approve", env={"TF_VAR_turso_api_token": ""})
    t.check("an empty one is none", refused.code == 1, refused)
    made = workspace.terraform("apply", "-auto-approve", env=token)
    t.check("apply", made.code == 0, made)
    state = workspace.state()["turso_database.this"]
    t.check("there is no id", "id" not in state and state["group"] == "default", state)

    workspace.write("main.tf", _HEAD)
    refused = workspace.terraform("apply", "-auto-approve", env=token)
    t.check("without the provider's block nothing is destroyed", refused.code == 1 and "api_token" in refused.words, refused)
    workspace.write("main.tf", _HEAD + _TOKEN)
    destroyed = workspace.terraform("apply", "-auto-approve", env=token)
    t.check("with it the database is destroyed", destroyed.code == 0 and "1 destroyed" in destroyed.words, destroyed)
    plan(t, workspace, "and no token is needed any more", 0)


def test_other_providers(t):
    workspace = tiny(
        t,
        """
provider "slack" {
  token = "made-up"
}

resource "slack_conversation" "this" {
  name       = "deployments"
  is_private = false
  topic      = "Deployments"
}

data "hcloud_ssh_key" "this" {
  name = "admin"
}

resource "hcloud_network" "this" {
  name     = "network"
  ip_range = "10.0.0.0/16"
}

resource "hcloud_network_subnet" "this" {
  network_id   = hcloud_network.this.id
  type         = "cloud"
  network_zone = "eu-central"
  ip_range     = "10.0.1.0/24"
}

resource "hcloud_firewall" "this" {
  name = "firewall"

  rule {
    direction  = "in"
    protocol   = "tcp"
    port       = "22"
    source_ips = ["0.0.0.0/0", "::/0"]
  }
}

resource "hcloud_server" "this" {
  name         = "server"
  server_type  = "cx23"
  image        = "ubuntu-24.04"
  location     = "fsn1"
  ssh_keys     = [data.hcloud_ssh_key.this.id]
  firewall_ids = [hcloud_firewall.this.id]

  public_net {
    ipv4_enabled = true
    ipv6_enabled = true
  }

  network {
    network_id = hcloud_network.this.id
    ip         = "10.0.1.5"
  }

  depends_on = [hcloud_network_subnet.this]
}

resource "hcloud_volume" "this" {
  name     = "volume"
  size     = 10
  location = "fsn1"
}

resource "hcloud_volume_attachment" "this" {
  volume_id = hcloud_volume.this.id
  server_id = hcloud_server.this.id
}

resource "hcloud_zone" "this" {
  name = "example.com"
  mode = "primary"
}

output "address" {
  value = hcloud_server.this.ipv4_address
}

output "text" {
  value = provider::hcloud::txt_record("hello")
}
""",
    )
    apply(t, workspace)
    outputs = workspace.outputs()
    t.check("an address kept for documentation", outputs["address"].startswith("192.0.2."), outputs)
    t.check("a provider's function", outputs["text"] == '"hello"', outputs)
    plan(t, workspace, "nothing differs afterwards", 0)
    destroyed = workspace.terraform("destroy", "-auto-approve")
    t.check("destroy", destroyed.code == 0, destroyed)


def test_a_failed_apply_leaves_what_was_made(t):
    workspace = tiny(
        t,
        _CLUSTER % {"name": "first", "size": "db-s-1vcpu-1gb"},
        world={"errors": {"apply digitalocean_database_db": "Error creating Database: 500 Server Error"}},
    )
    failed = workspace.terraform("apply", "-auto-approve")
    t.check("the error is shown", failed.code == 1 and "500 Server Error" in failed.words, failed)
    t.check("the cluster is kept", list(workspace.state()) == ["digitalocean_database_cluster.this"], workspace.state())
    workspace.standins.set_world({})
    apply(t, workspace, "a second apply finishes")
    calls = workspace.standins.calls()
    t.check("calls are recorded", "digitalocean ApplyResourceChange digitalocean_database_db" in calls, calls)


def test_references_resolve_in_one_go_and_environments_stand_apart(t):
    workspace = t.workspace(SMALL, environment="production")
    for environment in ("production", "staging"):
        workspace.variables["TF_DATA_DIR"] = f".terraform/{environment}"
        initialized = workspace.init(environment=environment)
        t.check(f"init {environment}", initialized.code == 0, initialized)
        token = {"TF_VAR_turso_api_token": "a-token"}
        applied = workspace.apply(environment=environment, env=token)
        t.check(f"apply {environment}", applied.code == 0, applied)
        app = workspace.state()["module.app.digitalocean_app.this"]
        values = {item["key"]: item["value"] for item in app["spec"][0]["service"][0]["env"]}
        t.check(f"{environment} has its own database", f"small-{environment}-main" in values["DATABASE_URL"], values)
    for environment in ("production", "staging"):
        state = (workspace.path / "state" / f"{environment}.tfstate")
        t.check(f"{environment} has its own state", state.exists(), list(workspace.path.iterdir()))
