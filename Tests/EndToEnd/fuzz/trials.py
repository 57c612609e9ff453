"""What has to hold of a manifest, and of two that follow each other. Every check gives findings: what, and how it showed."""

import json
import re

import manifests
from harness import Workspace, as_variable
from product import Project

#: What exists: whatever is asked for.
WORLD = {"data": {"*": "anything"}}


class Finding:
    def __init__(self, what, detail, signature=None):
        self.what, self.detail = what, detail.strip()
        self.signature = what + ": " + _shape(signature or detail)


def _shape(text):
    """The text without what differs between two manifests with the same trouble."""
    text = re.sub(r'"[^"\n]*"|`[^`\n]*`|\d+', "_", text)
    return re.sub(r"\s+", " ", text)[:300]


class Said:
    """What `webkit ... --json` said."""

    def __init__(self, done):
        self.code = done.returncode
        self.text = done.stdout + done.stderr
        self.crashed = done.returncode not in (0, 1) or "Fatal error" in self.text
        try:
            lines = [json.loads(line) for line in done.stdout.splitlines()]
        except ValueError:
            lines, self.crashed = [], True
        self.diagnostics = [line for line in lines if line.get("type") == "diagnostic"]
        self.errors = [line for line in self.diagnostics if line["severity"] == "error"]
        self.warnings = [line for line in self.diagnostics if line["severity"] == "warning"]
        self.summary = next((line for line in lines if line["type"] == "update"), {})


class Trial:
    """One manifest in a folder of its own."""

    def __init__(self, manifest, random):
        self.manifest, self.random = manifest, random
        self.project = Project()
        self.findings = []
        self.accepted = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.project.__exit__()

    def find(self, what, detail, signature=None):
        self.findings.append(Finding(what, detail, signature))

    def say(self, *arguments):
        said = Said(self.project.run(*arguments, "--json"))
        if said.crashed:
            self.find(f"`webkit {arguments[0]}` crashes", f"exit {said.code}\n{said.text[-3000:]}")
        return said

    def update(self, *arguments):
        """Writes the tree; what follows from what it says."""
        before = self.project.snapshot()
        self.project.write(laid_out(self.manifest)[0])
        said = self.say("update", *arguments)
        self.accepted = said.code == 0
        if said.code == 1:
            written = {name for name, data in self.project.snapshot().items() if before.get(name) != data and name != "app.json"}
            if written:
                self.find("refused, and written", str(sorted(written)))
            if not said.errors:
                self.find("refused without an error", said.text)
            for item in said.errors:
                if not item["file"] or not item["line"]:
                    self.find("error without a place", f"{item['id']}: {item['summary']}", item["id"])
        return said

    def check_agreement(self, said):
        """The other commands say the same."""
        whole = self.say("infra", "validate")
        if (whole.code == 0) != (said.code == 0):
            self.find("`update` and `infra validate` differ", f"update: {texts(said.errors)}\ninfra validate: {texts(whole.errors)}")
        alone = self.say("validate")
        if alone.code and not said.code:
            self.find("`validate` refuses what `update` accepts", texts(alone.errors))

    def check_bytes(self):
        before = self.project.snapshot()
        again = self.say("update")
        if again.code or again.summary.get("written") or again.summary.get("changed") or self.project.snapshot() != before:
            self.find("the second update writes", again.text)
        with Project(json.dumps(manifests.shuffled(self.manifest, self.random))) as other:
            done = other.run("update", "--json")
            mine, its = (project.snapshot() for project in (self.project, other))
            mine.pop("app.json"), its.pop("app.json")
            if done.returncode or mine != its:
                names = sorted(name for name in {*mine, *its} if mine.get(name) != its.get(name))
                self.find("shuffled keys give other bytes", f"exit {done.returncode}; {names}", str(names[:1]))
        checked = self.say("check", "infra")
        for item in checked.diagnostics:
            if item["severity"] in ("error", "warning"):
                self.find("`check` finds", f"{item['file']}:{item['line']}: {item['summary']}\n{item.get('detail')}", item["summary"])

    def terraform(self, engine, environment, thorough):
        """Plans, and where it is thorough applies and destroys. Returns how far it came."""
        with self.workspace(engine, environment) as workspace:
            if not self.start(workspace) or not self.plan(workspace):
                return "refused"
            if not thorough:
                return "planned"
            if not self.expect("apply fails", workspace.terraform("apply", "tfplan")):
                return "planned"
            self.expect("the second plan isn't empty", workspace.plan(out=None))
            self.destroy(workspace)
            return "applied"

    def workspace(self, engine, environment):
        workspace = Workspace(self.project.folder / "infra", engine, environment, WORLD, self.variables())
        workspace.variables.update(self.tokens(workspace))
        return workspace

    @staticmethod
    def tokens(workspace):
        """A made-up token for each provider of the tree that asks for one."""
        return {f"TF_VAR_{name}": "made-up-token-".ljust(64, "0") for name in workspace.ephemeral_variables()}

    def start(self, workspace):
        formatted = workspace.terraform("fmt", "-check", "-diff", "-recursive")
        self.expect("fmt differs", formatted)
        if not self.expect("init fails", workspace.init()):
            return False
        valid = workspace.terraform("validate", "-json")
        problems = valid.json()["diagnostics"] if valid.stdout.startswith("{") else [{"summary": valid.output}]
        for item in problems:
            place = item.get("range", {})
            text = f"{item.get('severity')}: {item['summary']}\n{item.get('detail')}\n{place.get('filename')}:{place.get('start', {}).get('line')}"
            self.find("`terraform validate` finds", text, item["summary"] + str(item.get("detail")))
        return not problems

    def plan(self, workspace):
        planned = workspace.plan()
        if planned.code not in (0, 2):
            self.find("plan fails", _errors(planned.words))
        # What is adopted is made up by the stand-ins, so that little of it fits.
        warned = planned.words.replace("Warning: this will destroy the imported resource", "")
        if "Warning:" in warned:
            self.find("plan warns", warned[warned.index("Warning:") :][:1500])
        return planned.code in (0, 2)

    def destroy(self, workspace):
        destroyed = workspace.destroy()
        if destroyed.code and "protected" not in destroyed.output:
            self.find("destroy fails", _errors(destroyed.words))

    def expect(self, what, result):
        if result.code:
            self.find(what, _errors(result.words))
        return result.code == 0

    def variables(self):
        """The process environment: a value for each secret, and for the variables that nothing else fills."""
        infra = self.project.folder / "infra"
        names = sorted(set(re.findall(r'"(\w+)"', json.dumps(self.manifest))))
        names += sorted(set(re.findall(r"[A-Za-z_]\w*", json.dumps(self.manifest))) - set(names))
        apps = [item.get("name") for item in self.manifest.get("apps") or [] if isinstance(item, dict)]
        found = {"TF_VAR_secrets": as_variable({str(app): {name: "made-up" for name in names} for app in apps})}
        given = set()
        for path in [infra / "project.auto.tfvars.json", *(infra / "environments").glob("*.tfvars.json")]:
            if path.exists():
                given.update(json.loads(path.read_text()))
        text = (infra / "variables.tf").read_text() if (infra / "variables.tf").exists() else ""
        for name, body in re.findall(r'^variable "([^"]+)" \{(.*?)^\}', text, re.M | re.S):
            open_to = re.search(r"^  sensitive *=|^  default *= null$", body, re.M) or not re.search(r"^  default *=", body, re.M)
            if name not in given and name != "secrets" and open_to and not re.search(r"^  ephemeral *=", body, re.M):
                kind = re.search(r"^  type *= *(\w+)", body, re.M)
                text = "https://hooks.example.com/made-up" if name.endswith("url") else "made-up"
                found[f"TF_VAR_{name}"] = {"map": as_variable(self._map(name, names)), "object": "{}", "list": "[]"}.get(kind and kind.group(1), text)
        return found

    def _map(self, name, names):
        """A secret for each name; keys of certificates only where a certificate is one's own."""
        if name == "certificate_keys":
            names = [item["name"] for item in self.manifest.get("resources") or [] if re.search(r'"(leaf_)?certificate": "', json.dumps(item))]
        return dict.fromkeys(names, "made-up")


def _errors(words):
    """The errors of a command, which a signature is made of."""
    found = list(dict.fromkeys(re.findall(r"Error: .*?(?=Error: |$)", words)))
    return "\n".join(found)[:3000] or words[-2000:]


def texts(diagnostics):
    return "; ".join(f"{item['line']}: {item['summary']} [{item['id']}]" for item in diagnostics) or "nothing"


def environments_of(folder):
    return sorted(path.name.removesuffix(".tfvars.json") for path in (folder / "infra" / "environments").glob("*.tfvars.json"))


def laid_out(manifest):
    """The manifest as text, and the path of what begins in each line."""
    lines, paths = [], {}

    def write(value, path, before, after, indent):
        paths[len(lines) + 1] = path
        if isinstance(value, (dict, list)) and value:
            lines.append(indent + before + ("{" if isinstance(value, dict) else "["))
            entries = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
            for number, (key, inner) in enumerate(entries):
                label = json.dumps(key, ensure_ascii=False) + ": " if isinstance(value, dict) else ""
                write(inner, (*path, key), label, "," if number + 1 < len(entries) else "", indent + " ")
            paths[len(lines) + 1] = path
            lines.append(indent + ("}" if isinstance(value, dict) else "]") + after)
        else:
            lines.append(indent + before + json.dumps(value, ensure_ascii=False) + after)

    write(manifest, (), "", "", "")
    return "\n".join(lines) + "\n", paths


def without(manifest, path):
    """The manifest without what stands at the path."""
    copy = json.loads(json.dumps(manifest))
    place = copy
    for part in path[:-1]:
        place = place[part]
    del place[path[-1]]
    return copy


def repaired(manifest, said, random):
    """The manifest without what the errors point at; None where nothing can be taken away."""
    _, paths = laid_out(manifest)
    wrong = {paths.get(item["line"], ()) for item in said.errors if item["file"] == "app.json"}
    left = manifest
    for path in sorted((path for path in wrong if path), key=lambda path: [str(part).rjust(6) for part in path], reverse=True):
        if path[-1] in ("name", "type", "provider", "infra", "project") and len(path) > 1:
            path = path[: 2 if path[0] in ("resources", "apps") else -1]
        try:
            left = without(left, path)
        except (KeyError, IndexError, TypeError):
            continue
    return left if left != manifest else None
