"""The way of an environment from nothing to nothing: every check that a generated tree has to pass."""

import json
import unicodedata

from harness import Workspace, as_variable

#: The outputs that every tree has.
OUTPUTS = ("resources", "apps", "environments", "deployment_summary")


class Case:
    """A folder with `expected/infra/`, and perhaps a `run.json`:

    secrets        the value of the variable `secrets`: app, then variable
    variables      further root variables by name
    environment    process environment
    world          what exists in the cloud (see ProviderStandIn/world.py)
    second_plan    "differs" where the second plan isn't empty, and why that is right is for the case's author to say
    plan_warnings  sentences that a warning of the plan may hold
    expect_values  strings that occur, byte for byte, as a value in the state
    outputs        the outputs to look for, instead of the usual ones
    destroy        false where the tree forbids it
    protected      true where a cloud refuses to delete something until app.json says `"delete_protection": false`
    environments   keys of this list by environment: {"staging": {"expect_values": [...]}} overrides the above
    """

    def __init__(self, folder, name=None):
        self.folder = folder
        self.name = name or folder.name
        self.tree = folder / "expected" / "infra"
        path = folder / "run.json"
        self.settings = json.loads(path.read_text()) if path.exists() else {}

    def environments(self):
        return sorted(path.name.removesuffix(".tfvars.json") for path in (self.tree / "environments").glob("*.tfvars.json"))

    def setting(self, name, environment, otherwise=None):
        own = self.settings.get("environments", {}).get(environment, {})
        return own.get(name, self.settings.get(name, otherwise))


def find_cases(folder):
    if not folder.exists():
        return []
    return [Case(path) for path in sorted(folder.iterdir()) if (path / "expected" / "infra").is_dir()]


def find_leaves(folder):
    """The cases of every leaf, called `<leaf>/<case>`."""
    return [Case(path, f"{path.parent.name}/{path.name}") for path in sorted(folder.glob("*/*")) if (path / "expected" / "infra").is_dir()]


def variables_of(case, environment):
    """The process environment that a case asks for."""
    variables = dict(case.setting("environment", environment, {}))
    secrets = case.setting("secrets", environment)
    if secrets is not None:
        variables["TF_VAR_secrets"] = as_variable(secrets)
    for name, value in case.setting("variables", environment, {}).items():
        variables[f"TF_VAR_{name}"] = as_variable(value)
    return variables


def run_case(case, environment, engine, checks, is_short=False):
    """Runs every step; a step that others need ends the run when it fails.

    The short way, for engines behind the first: the plan is the one that `apply` makes, and the outputs aren't asked for.
    """
    variables = variables_of(case, environment)
    with Workspace(case.tree, engine, environment, case.setting("world", environment), variables) as workspace:
        for name in workspace.ephemeral_variables():
            workspace.variables.setdefault(f"TF_VAR_{name}", "made-up-token-".ljust(64, "0"))

        def step(name, result, codes=(0,)):
            return checks.check(name, result.code in codes, repr(result), result.seconds)

        step("fmt", workspace.terraform("fmt", "-check", "-diff", "-recursive"))
        if workspace.backend() in ("local", None):
            initialized = step("init", workspace.init())
        else:
            initialized = step("init -backend=false", workspace.terraform("init", "-backend=false"))
        if not initialized:
            return
        valid = workspace.terraform("validate", "-json")
        problems = valid.json()["diagnostics"] if valid.stdout.startswith("{") else [valid.output]
        if not checks.check("validate", valid.code == 0 and not problems, _diagnostics(problems), valid.seconds):
            return
        if workspace.backend() not in ("local", None) and not step("init, local state", workspace.init("-reconfigure")):
            return

        if is_short:
            planned = applied = workspace.apply()
        else:
            planned = workspace.plan()
            if not step("plan", planned, (0, 2)):
                return
            applied = workspace.terraform("apply", "tfplan")
        allowed = case.setting("plan_warnings", environment, [])
        warned = "Warning:" in planned.output and not any(text in planned.words for text in allowed)
        checks.check("plan without warnings", not warned, planned.output)
        if not step("plan and apply" if is_short else "apply", applied):
            # What was made before the failure is still there to be removed, and says more about it.
            step("destroy after a failed apply", workspace.destroy())
            return

        again = workspace.plan(out=None)
        if case.setting("second_plan", environment) == "differs":
            checks.check("second plan differs", again.code == 2, repr(again), again.seconds)
        else:
            checks.check("second plan is empty", again.code == 0, repr(again), again.seconds)

        if not is_short:
            _check_outputs(case, environment, workspace, checks)
        _check_values(case, environment, workspace, checks)

        if case.setting("protected", environment):
            _take_protection_back(workspace, checks)
        if case.setting("destroy", environment, True):
            if step("destroy", workspace.destroy()):
                left = workspace.terraform("state", "list")
                checks.check("nothing is left", not left.stdout.strip(), repr(left))


def _take_protection_back(workspace, checks):
    """What is protected stays, until it no longer is."""
    refused = workspace.destroy()
    checks.check("destroy is refused", refused.code == 1 and "protected" in refused.output, repr(refused), refused.seconds)
    name = "project.auto.tfvars.json"
    variables = json.loads(workspace.read(name))
    for item in variables.get("resources", []) + variables.get("apps", []):
        item.setdefault("config", {})["delete_protection"] = False
    workspace.write(name, variables)
    unprotected = workspace.terraform("apply", "-auto-approve", workspace.var_file())
    checks.check("apply without protection", unprotected.code == 0, repr(unprotected), unprotected.seconds)


def _check_outputs(case, environment, workspace, checks):
    result = workspace.terraform("output", "-json")
    try:
        outputs = result.json()
    except ValueError:
        outputs = None
    if not checks.check("output", result.code == 0 and isinstance(outputs, dict), repr(result), result.seconds):
        return
    missing = [name for name in case.setting("outputs", environment, OUTPUTS) if name not in outputs]
    checks.check("outputs are there", not missing, f"missing: {', '.join(missing)}; found: {', '.join(outputs)}")


def _check_values(case, environment, workspace, checks):
    expected = case.setting("expect_values", environment, [])
    if not expected:
        return
    shown = workspace.terraform("show", "-json")
    try:
        values = shown.json()["values"]
    except (ValueError, KeyError):
        values = None
    if not checks.check("show", shown.code == 0 and values is not None, repr(shown), shown.seconds):
        return
    found = set(_strings(values))
    for text in expected:
        wanted = unicodedata.normalize("NFC", text)
        checks.check(f"a value {text[:40]!r}", wanted in found, f"not among the state's {len(found)} strings: {wanted!r}")


def _strings(value):
    if isinstance(value, str):
        yield unicodedata.normalize("NFC", value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _diagnostics(items):
    lines = []
    for item in items:
        if isinstance(item, str):
            lines.append(item)
            continue
        place = item.get("range", {})
        start = place.get("start", {}).get("line", "")
        lines.append(f"{item['severity']}: {item['summary']} ({place.get('filename', 'no file')}:{start})\n  {item.get('detail', '')}")
    return "\n".join(lines)
