"""A tag that a deployment moved isn't rolled back by a plan."""

import copy
import json

from harness import GOLDEN

TREE = GOLDEN / "no-resources" / "expected" / "infra"
APP = 'module.apps.module.digitalocean_container["site"].digitalocean_app.this'
TAG = "sha-0123456789abcdef"


def image_of(values):
    return values["spec"][0]["service"][0]["image"][0]


def test_a_deployed_tag_is_not_rolled_back(t):
    workspace = t.workspace(TREE, environment="production")
    t.check("init", workspace.init().code == 0)
    result = workspace.apply()
    t.check("apply", result.code == 0, result)
    values = workspace.state()[APP]
    t.check("the app begins with the usual tag", image_of(values)["tag"] == "latest", image_of(values))

    # A deployment writes another tag into the app's spec, past Terraform.
    spec = copy.deepcopy(values["spec"])
    spec[0]["service"][0]["image"][0]["tag"] = TAG
    workspace.standins.set_world({"resources": {"digitalocean_app": {values["id"]: {"spec": spec}}}})
    result = workspace.plan()
    t.check("a plan leaves the tag alone", result.code == 0, result)

    # Nor does a change of something else bring the old one back.
    data = json.loads(workspace.read("project.auto.tfvars.json"))
    data["apps"][0].setdefault("config", {})["run_command"] = "node server.js"
    workspace.write("project.auto.tfvars.json", data)
    result = workspace.plan()
    t.check("another change is a change", result.code == 2, result)
    planned = next(item for item in workspace.show("tfplan")["resource_changes"] if item["address"] == APP)
    t.check("of the app, in place", planned["change"]["actions"] == ["update"], planned["change"]["actions"])
    t.check("with the tag that was deployed", image_of(planned["change"]["after"])["tag"] == TAG, image_of(planned["change"]["after"]))
    workspace.standins.set_world({})
    result = workspace.terraform("apply", "tfplan")
    t.check("apply of the change", result.code == 0, result)
    t.check("the tag that was deployed stays", image_of(workspace.state()[APP])["tag"] == TAG, workspace.state()[APP])
