"""A tag that a deployment moved isn't rolled back by a plan."""

import copy
import json

from harness import GOLDEN
from product import Project

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


KINDS = ("service", "worker", "job")


def manifest(services, workers, jobs, built=(), **config):
    """An app with parts, which run its image but for the services that are built."""
    parts = {
        "services": {name: {"routes": [f"/{name}"]} for name in services},
        "workers": {name: {} for name in workers},
        "jobs": {name: {} for name in jobs},
    }
    for name in built:
        parts["services"][name]["git"] = {"github": "acme/shop"}
    return {
        "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
        "infra": {"environments": ["production"]},
        "apps": [{"name": "site", "path": "site", "infra": {"provider": "digitalocean", "type": "container", "config": {**parts, **config}}}],
    }


def parts_of(spec):
    return {part["name"]: part for kind in KINDS for part in spec[0][kind]}


def tags_of(spec):
    """What each part that runs an image runs, by its name."""
    return {name: part["image"][0]["tag"] for name, part in parts_of(spec).items() if part["image"]}


class Shop:
    """A project and the state of its app, whose parts all run a tag of their own."""

    def __init__(self, t, project, *parts, **config):
        self.t, self.project = t, project
        self.workspace = t.workspace(project.update(manifest(*parts, **config)), environment="production")
        t.check("init", self.workspace.init().code == 0)
        result = self.workspace.apply()
        t.check("apply", result.code == 0, result)
        spec = self.spec
        for name, part in parts_of(spec).items():
            if part["image"]:
                part["image"][0]["tag"] = f"sha-{name}"
        self.outside(spec)
        self.tags = tags_of(spec)
        result = self.workspace.apply()
        t.check("the tags that were deployed are known", tags_of(self.spec) == self.tags, (result, self.spec))

    @property
    def spec(self):
        return copy.deepcopy(self.workspace.state()[APP]["spec"])

    def outside(self, spec):
        """Changes the running app past Terraform."""
        identifier = self.workspace.state()[APP]["id"]
        self.workspace.standins.set_world({"resources": {"digitalocean_app": {identifier: {"spec": spec}}}})

    def update(self, *parts, arguments=(), **config):
        """Changes the parts in app.json, and gives the tags that run after an apply."""
        self.workspace.replace_tree(self.project.update(manifest(*parts, **config), *arguments))
        result = self.workspace.init()
        self.t.check("init after the change", result.code == 0, result)
        result = self.workspace.plan()
        self.t.check("plan of the change", result.code in (0, 2), result)
        self.workspace.standins.set_world({})
        result = self.workspace.terraform("apply", "tfplan")
        self.t.check("apply of the change", result.code == 0, result)
        return tags_of(self.spec)


def test_a_new_part_leaves_all_others_their_tags(t):
    with Project() as project:
        shop = Shop(t, project, ["cart", "search"], ["mail", "pdf"], ["migrate"])
        now = shop.update(["admin", "cart", "search"], ["clean", "mail", "pdf"], ["backup", "migrate"])
        new = {"admin": "latest", "clean": "latest", "backup": "latest"}
        t.check("old parts keep their tags, new ones begin with theirs", now == {**shop.tags, **new}, now)
        files = project.snapshot()
        project.update()
        t.check("a second run writes the same", project.snapshot() == files)
        again = shop.workspace.plan(out=None)
        t.check("a second plan changes nothing", again.code == 0, again)
        # One that is built from a repository has no tag, so it is in nobody's way.
        now = shop.update(["admin", "blog", "cart", "search"], ["clean", "mail", "pdf"], ["backup", "migrate"], built=["blog"])
        t.check("nor does one without an image move them", now == {**shop.tags, **new}, now)
        now = shop.update(["admin", "blog", "cart", "docs", "search"], ["clean", "mail", "pdf"], ["backup", "migrate"], built=["blog"])
        t.check("nor one with an image that of others", now == {**shop.tags, **new, "docs": "latest"}, now)
        now = shop.update(["admin", "cart", "docs", "search"], ["clean", "mail", "pdf"], ["backup", "migrate"])
        t.check("and one without an image leaves without a trace", now == {**shop.tags, **new, "docs": "latest"}, now)


def test_a_part_that_is_built_from_now_on_keeps_its_place(t):
    with Project() as project:
        shop = Shop(t, project, ["cart", "search"], [], [])
        now = shop.update(["cart", "search"], [], [], built=["cart"])
        t.check("all others keep their tags", now == {"app": "sha-app", "search": "sha-search"}, now)
        now = shop.update(["cart", "search"], [], [])
        t.check("and it begins anew when it runs an image again", now == {"app": "sha-app", "cart": "latest", "search": "sha-search"}, now)


def test_the_app_itself_may_come_later(t):
    with Project() as project:
        shop = Shop(t, project, ["cart", "search"], [], [], service=False)
        now = shop.update(["cart", "search"], [], [])
        t.check("it takes nobody's tag", now == {**shop.tags, "app": "latest"}, now)


def test_a_part_under_another_name_keeps_its_tag(t):
    with Project() as project:
        shop = Shop(t, project, ["cart", "search"], [], [])
        now = shop.update(["basket", "search"], [], [])
        t.check("and so do its neighbours", now == {"app": "sha-app", "basket": "sha-cart", "search": "sha-search"}, now)


def test_a_part_that_leaves_takes_no_tag_along(t):
    with Project() as project:
        shop = Shop(t, project, ["cart", "search", "video"], ["mail", "pdf"], [])
        project.write(manifest(["search", "video"], ["mail"], []))
        refused = project.run("update")
        t.check("it is refused", refused.returncode != 0 and "replace.places" in refused.stderr + refused.stdout, refused)
        # As the message says: the running app first.
        spec = shop.spec
        spec[0]["service"] = [part for part in spec[0]["service"] if part["name"] != "cart"]
        for ingress in spec[0]["ingress"]:
            ingress["rule"] = [rule for rule in ingress["rule"] if rule["component"][0]["name"] != "cart"]
        shop.outside(spec)
        now = shop.update(["search", "video"], ["mail"], [], arguments=("--allow-replace", "site"))
        t.check("all others keep their tags", now == {name: tag for name, tag in shop.tags.items() if name not in ("cart", "pdf")}, now)
