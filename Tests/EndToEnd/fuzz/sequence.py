"""A second version of a manifest over what the first one made."""

import json

import trials


def follow(trial, after, engine, environment, facts):
    """Applies the first, updates to the second, and holds the plan against what `update` said."""
    with trial.workspace(engine, environment) as workspace:
        if not trial.start(workspace) or not trial.plan(workspace):
            return "not reached"
        if not trial.expect("apply fails", workspace.terraform("apply", "tfplan")):
            return "not reached"
        kept = _holding(workspace, facts)
        named = _names(trial.manifest) | _names(after)
        rebuilt = _rebuilt(trial.manifest, after)
        trial.manifest = after
        said = trial.update()
        allowed = []
        if said.code:
            trial.check_agreement(said)
            allowed = sorted(named)
            # What was made here and is to be used as it exists is refused whether or not it holds data.
            refused = " ".join(item["summary"] for item in said.errors if item["id"] != "manage.made-here")
            if not all(item["id"].startswith("ledger.") or "allow-replace" in str(item.get("help")) for item in said.errors):
                return "refused"
            said = trial.update(*(part for name in allowed for part in ("--allow-replace", name)))
            if said.code:
                return "refused"
        if environment not in trials.environments_of(trial.project.folder):
            return "accepted without the environment"
        workspace.replace_tree(trial.project.folder / "infra")
        workspace.variables.update(trial.variables(), **trial.tokens(workspace))
        if not trial.start(workspace) or not trial.plan(workspace):
            # A project of another name has other states, as its backend says.
            trial.findings = [item for item in trial.findings if "This state belongs to" not in item.detail]
            return "accepted"
        # What is renamed is found by its new address.
        for item in [*(after.get("resources") or []), *(after.get("apps") or [])]:
            if isinstance(item, dict) and item.get("was"):
                former = item["was"] if isinstance(item["was"], list) else [item["was"]]
                kept |= {address.replace(f'["{name}"]', f'["{item.get("name")}"]'): kind for address, kind in kept.items() for name in former}
        # A resource that gets a count is found by its former address.
        kept |= {f"{address}[0]": kind for address, kind in kept.items()}
        lost = {address: actions for address, actions in workspace.changes().items() if "delete" in actions and address in kept}
        # Another number in `rebuild` asks for it.
        lost = {address: actions for address, actions in lost.items() if not any(f'["{name}"]' in address for name in rebuilt)}
        if lost and not allowed and not _warned(said):
            trial.find("replaced or deleted without a word", json.dumps(lost) + "\n" + trials.texts(said.diagnostics), str(sorted(map(str, lost.values()))) + kept[sorted(lost)[0]])
        # What is refused may concern another environment.
        environments = trials.environments_of(trial.project.folder)
        if allowed and not lost and refused and (len(environments) == 1 or f" in {environment}" in refused):
            trial.find("refused, and nothing would be lost", refused, "allowed")
        return "allowed by name" if allowed else "accepted"


def _warned(said):
    """Whether the command spoke of what would be lost."""
    return any(word in item["summary"] + str(item.get("detail")) for item in said.diagnostics for word in ("delete", "replace", "lost", "left"))


def _holding(workspace, facts):
    """What holds data in the state: address to type."""
    found = {}

    def walk(module):
        for item in module.get("resources", []):
            if item["mode"] == "managed" and item["type"] in facts.stateful:
                found[item["address"]] = item["type"]
        for child in module.get("child_modules", []):
            walk(child)

    walk(workspace.show().get("values", {}).get("root_module", {}))
    return found


def _rebuilt(before, after):
    """The items whose `rebuild` changes."""
    settings = [{item.get("name"): json.dumps(item).count("rebuild") and json.dumps([item.get(key) for key in ("config", "infra", "environments")]) for item in manifest.get("apps") or [] if isinstance(item, dict)} for manifest in (before, after)]
    return {name for name, text in settings[1].items() if text and text != settings[0].get(name)}


def _names(manifest):
    items = [*(manifest.get("resources") or []), *(manifest.get("apps") or [])]
    return {str(item.get("name")) for item in items if isinstance(item, dict)}

