"""One environment's variables can't be applied to the state of another, nor from a foreign workspace."""

from harness import GOLDEN

TREE = GOLDEN / "staging-and-production" / "expected" / "infra"
SECRETS = {"TF_VAR_secrets": '{"web":{"PAYLOAD_SECRET":"made-up","ROBOTS_SECRET":"made-up"}}'}


def applied(t, environment):
    workspace = t.workspace(TREE, environment=environment, variables=SECRETS)
    t.check(f"{environment}: init", workspace.init().code == 0)
    result = workspace.apply()
    t.check(f"{environment}: apply", result.code == 0, result)
    return workspace


def refused(t, what, result, *names):
    t.check(f"{what}: the plan fails", result.code == 1, result)
    for name in names:
        t.check(f"{what}: the message names {name}", name in result.words, result)


def test_the_wrong_pair_of_backend_and_variables_stops_at_plan(t):
    for environment, other in (("production", "staging"), ("staging", "production")):
        workspace = applied(t, environment)
        before = workspace.state()
        result = workspace.plan(environment=other)
        refused(t, f"{other} on {environment}", result, f"portal/{environment}", f"portal/{other}", "belongs to")
        applying = workspace.apply(environment=other)
        t.check(f"{other} on {environment}: apply fails as well", applying.code == 1, applying)
        t.check(f"{other} on {environment}: the state is as it was", workspace.state() == before)
        again = workspace.plan()
        t.check(f"{environment} itself still plans, and changes nothing", again.code == 0, again)


def test_another_project_s_state_stops_at_plan(t):
    workspace = applied(t, "production")
    result = workspace.plan("-var", "project_name=elsewhere")
    refused(t, "another project", result, "portal/production", "elsewhere/production")


def test_a_foreign_workspace_stops_at_plan(t):
    workspace = applied(t, "production")
    created = workspace.terraform("workspace", "new", "experiment")
    t.check("there is a workspace", created.code == 0, created)
    result = workspace.plan()
    refused(t, "a foreign workspace", result, "The workspace experiment", "portal/production")
    named = workspace.terraform("workspace", "new", "production")
    t.check("there is a workspace of the environment's name", named.code == 0, named)
    result = workspace.plan()
    t.check("a workspace of the environment's name plans", result.code == 2, result)


def test_an_environment_that_isn_t_there_stops_at_plan(t):
    workspace = t.workspace(TREE, environment="production", variables=SECRETS)
    t.check("init", workspace.init().code == 0)
    result = workspace.terraform("plan", "-var", "environment=prod", "-var", 'overrides={}')
    refused(t, "an unknown environment", result, "production, staging")
    result = workspace.terraform("plan")
    t.check("no environment at all is refused", result.code == 1 and "environment" in result.words, result)
