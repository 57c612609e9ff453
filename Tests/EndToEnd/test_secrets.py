"""Secrets: what is missing is listed by app and name, and each app gets its own alone."""

import json

from harness import GOLDEN, as_variable

ALL = GOLDEN / "all-leaves" / "expected" / "infra"
TWO = GOLDEN / "staging-and-production" / "expected" / "infra"
SECRETS = {
    "web": {"SESSION_SECRET": "the web's own ${secret} %{ x }"},
    "api": {"SESSION_SECRET": "the api's own"},
    "worker": {"QUEUE_SECRET": "the worker's own"},
}


def ready(t, tree, secrets=None, environment="production"):
    variables = {"TF_VAR_turso_api_token": "made-up-token"}
    if secrets is not None:
        variables["TF_VAR_secrets"] = as_variable(secrets)
    workspace = t.workspace(tree, environment=environment, variables=variables)
    t.check("init", workspace.init().code == 0)
    return workspace


def test_missing_secrets_are_listed_at_plan(t):
    cases = (
        (None, ["api/SESSION_SECRET", "web/SESSION_SECRET", "worker/QUEUE_SECRET"]),
        ({}, ["api/SESSION_SECRET", "web/SESSION_SECRET", "worker/QUEUE_SECRET"]),
        ({"web": {"SESSION_SECRET": "x"}}, ["api/SESSION_SECRET", "worker/QUEUE_SECRET"]),
        ({"web": {"session_secret": "x"}, "api": {"SESSION_SECRET": "x"}, "worker": {}}, ["web/SESSION_SECRET", "worker/QUEUE_SECRET"]),
    )
    names = cases[0][1]
    for secrets, missing in cases:
        workspace = ready(t, ALL, secrets)
        result = workspace.plan()
        given = json.dumps(secrets)
        t.check(f"{given}: the plan fails", result.code == 1, result)
        # Terraform breaks lines wherever it likes.
        words = result.words.replace(" ", "")
        for name in names:
            listed = name in words
            t.check(f"{given}: {name} is {'' if name in missing else 'not '}listed", listed == (name in missing), result)


def test_each_environment_asks_for_its_own(t):
    for environment, missing, absent in (
        ("production", ["web/PAYLOAD_SECRET"], ["web/ROBOTS_SECRET"]),
        ("staging", ["web/PAYLOAD_SECRET", "web/ROBOTS_SECRET"], []),
    ):
        workspace = ready(t, TWO, environment=environment)
        result = workspace.plan()
        words = result.words.replace(" ", "")
        t.check(f"{environment}: the plan fails", result.code == 1, result)
        t.check(f"{environment}: it is named", environment in words, result)
        t.check(f"{environment}: what is missing is listed", all(name in words for name in missing), result)
        t.check(f"{environment}: what isn't needed is not", not any(name in words for name in absent), result)


def environment_of(values):
    """The variables of an app on App Platform."""
    return {item["key"]: item["value"] for item in values["spec"][0]["service"][0]["env"]}


def test_no_app_gets_the_secret_of_another(t):
    # A secret that nobody asked for is in no state at all.
    secrets = {**SECRETS, "api": {**SECRETS["api"], "QUEUE_SECRET": "nobody's own"}, "ghost": {"SESSION_SECRET": "a ghost's own"}}
    workspace = ready(t, ALL, secrets)
    result = workspace.apply()
    t.check("apply", result.code == 0, result)
    t.check("no secret is shown", not any("'s own" in line for line in result.output.splitlines()), result)
    state = workspace.state()
    web = environment_of(state['module.apps.module.digitalocean_container["web"].digitalocean_app.this'])
    api = environment_of(state['module.apps.module.digitalocean_container["api"].digitalocean_app.this'])
    t.check("web has its own", web.get("SESSION_SECRET") == SECRETS["web"]["SESSION_SECRET"], web)
    t.check("api has its own of the same name", api.get("SESSION_SECRET") == SECRETS["api"]["SESSION_SECRET"], api)
    files = workspace.outputs()["environments"]
    t.check("the machine's app has its own", files.get("worker", {}).get("QUEUE_SECRET") == SECRETS["worker"]["QUEUE_SECRET"], files)
    for name, own in (("web", web), ("api", api), ("worker", files.get("worker", {}))):
        others = [text for app, texts in SECRETS.items() if app != name for text in texts.values()]
        t.check(f"{name} has nothing of the others", not set(others) & set(own.values()), own)
    whole = json.dumps(workspace.show())
    t.check("what nobody asked for isn't kept", "nobody's own" not in whole and "a ghost's own" not in whole)
    droplet = state['module.apps.module.digitalocean_vm["worker"].digitalocean_droplet.this']
    t.check("no secret is in the machine's own data", "'s own" not in json.dumps(droplet), droplet)
