"""Terraform without a cloud: a folder of its own for a tree, the stand-in providers, and the commands run in it.

    with Workspace(tree, engine, environment="production") as workspace:
        workspace.terraform("init")
        plan = workspace.terraform("plan", "-var-file=environments/production.tfvars.json")
        assert plan.code == 0, plan.output
"""

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FIXTURES = HERE / "fixtures"
GOLDEN = ROOT / "golden" / "projects"
LEAVES = ROOT / "golden" / "leaves"
STAND_IN = ROOT / "Tests" / "ProviderStandIn" / "stand_in.py"
TOOLS = ROOT / ".build" / "test-tools"

_open = set()
_running = set()
_lock = threading.RLock()
_stopping = threading.Event()


def as_variable(value):
    """A value for TF_VAR_<name>: Terraform takes a string as it stands and reads anything else as an expression."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


class Engine:
    """One Terraform."""

    def __init__(self, version, path):
        self.version = version
        self.path = path

    def __repr__(self):
        return self.version

    def at_least(self, *version):
        return tuple(int(part) for part in re.findall(r"\d+", self.version)[:3]) >= version


def find_engines():
    """Sets the tools up and lists the engines; none where the set-up fails, which it says itself."""
    setup = subprocess.run([str(ROOT / "scripts" / "setup-test-tools.sh")], stdout=subprocess.PIPE, text=True)
    if setup.returncode:
        return []
    return [Engine(*line.split(" ", 1)) for line in setup.stdout.splitlines() if " " in line]


def use_tools():
    """Goes on with the Python that has what tests need, and finds the other programs that were set up."""
    python = TOOLS / "venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != (TOOLS / "venv").resolve():
        sys.stdout.flush()
        os.execv(python, [str(python), *sys.argv])
    os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], str(TOOLS / "bin")])


class Result:
    """What a command said."""

    def __init__(self, arguments, code, stdout, stderr, seconds):
        self.arguments = arguments
        self.code = code
        self.stdout = stdout
        self.stderr = stderr
        self.seconds = seconds

    @property
    def output(self):
        return self.stdout + self.stderr

    @property
    def words(self):
        """The output in one line, without the frames that Terraform draws, to look for a sentence in."""
        return re.sub(r"[\s│╷╵]+", " ", self.output)

    def json(self):
        return json.loads(self.stdout)

    def __repr__(self):
        return f"terraform {' '.join(self.arguments)}: exit {self.code}\n{self.output}"


def run(arguments, folder, environment, timeout=180, text=None):
    """Runs a command in a group of its own, so that it can be ended with all it started."""
    if _stopping.is_set():
        raise InterruptedError("stopping")
    started = time.monotonic()
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with _lock:
        _running.add(process)
    try:
        stdout, stderr = process.communicate(text, timeout)
    except subprocess.TimeoutExpired:
        _end(process)
        stdout, stderr = process.communicate()
        stderr += f"\nstopped after {timeout} s"
    finally:
        with _lock:
            _running.discard(process)
    return Result([str(item) for item in arguments[1:]], process.returncode, stdout, stderr, time.monotonic() - started)


def _end(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class StandIns:
    """The providers' process. It ends with us whatever happens, since it watches its standard input."""

    def __init__(self, folder, world=None, providers=()):
        self.world_path = folder / "world.json"
        self.log_path = folder / "calls.log"
        self.set_world(world or {})
        python = TOOLS / "venv" / "bin" / "python"
        self.process = subprocess.Popen(
            [str(python), str(STAND_IN), "--world", str(self.world_path), "--log", str(self.log_path), *providers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.reattach = self.process.stdout.readline().strip()
        if not self.reattach:
            raise RuntimeError("the stand-in providers don't start:\n" + self.process.stderr.read())

    def set_world(self, world):
        """Changes what exists (see ProviderStandIn/world.py), also between two runs."""
        new = self.world_path.with_suffix(".new")
        new.write_text(json.dumps(world))
        new.replace(self.world_path)

    def calls(self):
        """Every call so far: "<provider> <method> <type>"."""
        return self.log_path.read_text().splitlines() if self.log_path.exists() else []

    def forget_calls(self):
        """Empties the list of calls."""
        if self.log_path.exists():
            os.truncate(self.log_path, 0)

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                _end(self.process)
                self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()


class Workspace:
    """A copy of a tree in a temporary folder, with stand-in providers of its own.

    path         the root module
    standins     the providers (StandIns)
    variables    the process environment of every command; change it at will
    """

    def __init__(self, tree, engine, environment=None, world=None, variables=None, providers=()):
        self.engine = engine
        self.environment = environment
        self.standins = None
        with _lock:
            if _stopping.is_set():
                raise InterruptedError("stopping")
            self.folder = Path(tempfile.mkdtemp(prefix="e2e-"))
            _open.add(self)
        try:
            self.path = self.folder / "infra"
            if tree is None:
                self.path.mkdir()
            else:
                ignored = shutil.ignore_patterns(".terraform", "*.tfstate", "*.tfstate.backup", "tfplan", "state")
                shutil.copytree(tree, self.path, ignore=ignored)
            (self.folder / "home").mkdir()
            (self.folder / "terraform.rc").write_text("")
            self.standins = StandIns(self.folder, world, providers)
            self.variables = {
                "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
                "HOME": str(self.folder / "home"),
                "LANG": "C.UTF-8",
                "TMPDIR": str(self.folder),
                "CHECKPOINT_DISABLE": "1",
                # Most of a command's time goes into reading whole schemas: collecting garbage less often saves a third.
                "GOGC": "400",
                "TF_CLI_CONFIG_FILE": str(self.folder / "terraform.rc"),
                "TF_IN_AUTOMATION": "1",
                "TF_INPUT": "0",
                "TF_REATTACH_PROVIDERS": self.standins.reattach,
                **(variables or {}),
            }
            if environment:
                self.variables["TF_DATA_DIR"] = f".terraform/{environment}"
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        with _lock:
            _open.discard(self)
        if self.standins:
            self.standins.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- commands

    def terraform(self, *arguments, env=None, timeout=180, text=None):
        """Runs terraform in the root module and returns a Result, whatever its exit code."""
        colourless = ["-no-color"] if arguments and arguments[0] in _COLOURED else []
        command = [self.engine.path, *arguments[:1], *colourless, *arguments[1:]]
        return run(command, self.path, {**self.variables, **(env or {})}, timeout, text)

    def var_file(self, environment=None):
        return f"-var-file=environments/{environment or self.environment}.tfvars.json"

    def init(self, *arguments, environment=None):
        """`init` with the environment's backend settings, or with a local state where the backend is elsewhere."""
        environment = environment or self.environment
        settings = self.path / "environments" / f"{environment}.tfbackend"
        if self.backend() not in ("local", None):
            self.use_local_backend(environment)
        if not self.overridden() and self.backend() and settings.exists():
            arguments = (f"-backend-config=environments/{environment}.tfbackend", *arguments)
        return self.terraform("init", *arguments)

    def plan(self, *arguments, environment=None, out="tfplan", env=None):
        """A plan of the environment; the exit code is 2 where something changes."""
        saved = [f"-out={out}"] if out else []
        return self.terraform("plan", "-detailed-exitcode", self.var_file(environment), *saved, *arguments, env=env)

    def apply(self, *arguments, environment=None, env=None):
        return self.terraform("apply", "-auto-approve", self.var_file(environment), *arguments, env=env)

    def destroy(self, *arguments, environment=None, env=None):
        return self.terraform("destroy", "-auto-approve", self.var_file(environment), *arguments, env=env)

    def show(self, plan=None):
        """The state, or a saved plan, as JSON."""
        result = self.terraform("show", "-json", *([plan] if plan else []))
        if result.code:
            raise AssertionError(repr(result))
        return result.json()

    def changes(self, plan="tfplan"):
        """A saved plan's changes: address to list of actions, without those that do nothing."""
        found = self.show(plan).get("resource_changes", [])
        return {item["address"]: item["change"]["actions"] for item in found if item["change"]["actions"] not in (["no-op"], ["read"])}

    def outputs(self):
        result = self.terraform("output", "-json")
        if result.code:
            raise AssertionError(repr(result))
        return {name: item["value"] for name, item in result.json().items()}

    def state(self):
        """The state's resources by address: their values."""
        found = {}

        def walk(module):
            for item in module.get("resources", []):
                found[item["address"]] = item["values"]
            for child in module.get("child_modules", []):
                walk(child)

        walk(self.show().get("values", {}).get("root_module", {}))
        return found

    # --- files

    def replace_tree(self, tree):
        """Puts another tree in the place of the first; the state stays."""
        for path in self.path.iterdir():
            if path.name in (".terraform", "state"):
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(tree, self.path, dirs_exist_ok=True)

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if isinstance(text, str) else json.dumps(text, indent=2) + "\n")
        return path

    def read(self, name):
        return (self.path / name).read_text()

    def backend(self):
        """The kind of the tree's backend, None where it has none."""
        for path in sorted(self.path.glob("*.tf")):
            found = re.search(r'^\s*backend\s+"(\w+)"', path.read_text(), re.M)
            if found and path.name != "backend_override.tf":
                return found.group(1)
        return None

    def overridden(self):
        return (self.path / "backend_override.tf").exists()

    def use_local_backend(self, environment=None):
        state = f"state/{environment or self.environment or 'default'}.tfstate"
        self.write("backend_override.tf", f'terraform {{\n  backend "local" {{\n    path = "{state}"\n  }}\n}}\n')

    def ephemeral_variables(self):
        """The root's variables that only live in memory: the providers' tokens."""
        path = self.path / "variables.tf"
        if not path.exists():
            return []
        blocks = re.findall(r'^variable "([^"]+)" \{(.*?)^\}', path.read_text(), re.M | re.S)
        return [name for name, body in blocks if re.search(r"^\s*ephemeral\s*=\s*true", body, re.M)]


_COLOURED = {"init", "validate", "plan", "apply", "destroy", "show", "output", "refresh", "import", "fmt", "test"}
_COLOURED -= {"fmt"}


def close_everything():
    """Ends what is still running and removes what is still there; nothing starts any more."""
    _stopping.set()
    with _lock:
        processes, workspaces = list(_running), list(_open)
    for process in processes:
        _end(process)
        process.wait()
    for workspace in workspaces:
        workspace.close()


def _on_signal(number, frame):
    close_everything()
    print(f"stopped by {signal.Signals(number).name}", file=sys.stderr)
    sys.stdout.flush()
    os._exit(128 + number)


def install_cleanup():
    atexit.register(close_everything)
    signal.signal(signal.SIGTERM, _on_signal)
    signal.signal(signal.SIGINT, _on_signal)
    signal.signal(signal.SIGHUP, _on_signal)
