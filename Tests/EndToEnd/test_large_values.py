"""A large value arrives as it was written."""

import json
import unicodedata

from harness import GOLDEN

CASE = GOLDEN / "hostile-large"


def test_large_values_arrive(t):
    wanted = json.loads((CASE / "input" / "app.json").read_text(encoding="utf-8"))["apps"][0]["env"]["LARGE"]
    t.check("it is large", len(wanted.encode()) == 100_000, len(wanted.encode()))
    workspace = t.workspace(CASE / "expected" / "infra", environment="production")
    t.check("init", workspace.init().code == 0)
    result = workspace.apply()
    t.check("apply", result.code == 0, result)
    app = workspace.state()['module.apps.module.digitalocean_container["web"].digitalocean_app.this']
    found = {item["key"]: item["value"] for item in app["spec"][0]["service"][0]["env"]}
    t.check("it is in the state, byte for byte", found["LARGE"] == unicodedata.normalize("NFC", wanted))


def test_large_secrets_go_through_a_file(t):
    tree = GOLDEN / "env-map" / "expected" / "infra"
    secret = "${x} %{ y } \u00e9" * 20_000
    workspace = t.workspace(tree, environment="production")
    t.check("init", workspace.init().code == 0)
    workspace.write("production.secret.tfvars.json", {"secrets": {"cms": {"PAYLOAD_SECRET": secret}}})
    result = workspace.apply("-var-file=production.secret.tfvars.json")
    t.check("apply", result.code == 0, result)
    app = workspace.state()['module.apps.module.digitalocean_container["cms"].digitalocean_app.this']
    found = {item["key"]: item["value"] for item in app["spec"][0]["service"][0]["env"]}
    t.check("it is in the state", found["PAYLOAD_SECRET"] == secret)
