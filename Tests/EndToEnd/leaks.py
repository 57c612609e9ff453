"""A search for secrets: in files, in what programs print, and in the arguments and variables of processes while they run."""

import base64
import os
import stat
import threading
import time
from pathlib import Path


class Secrets(dict):
    """Secrets by name. Each holds a mark of its own: letters and digits, which no escape changes."""

    def __init__(self):
        super().__init__()
        self.marks = {}

    def make(self, name, text="{}"):
        """A new one: a mark in the place of the braces."""
        self.marks[name] = "Zq" + base64.b32encode(os.urandom(15)).decode() + "qZ"
        self[name] = text.replace("{}", self.marks[name])
        return self[name]

    def take(self, name, value):
        """One that was made elsewhere, of letters and digits alone."""
        self.marks[name] = self[name] = value


def forms(text):
    """How a mark may look: as it is, in hexadecimal digits, and in Base64 wherever it begins."""
    found = [text.encode(), text.encode().hex().encode()]
    for shift in range(3):
        # What depends on the neighbours is cut off at both ends.
        found.append(base64.b64encode(b"\0" * shift + text.encode())[4:-4])
    return found


class Search:
    """A search for secrets in folders, but for what is ignored."""

    def __init__(self, secrets, folders, ignored=()):
        self.names = {name: forms(text) for name, text in secrets.marks.items()}
        self.folders = [Path(folder) for folder in folders]
        self.ignored = [Path(path) for path in ignored]

    def within(self, data):
        """The names of the secrets that bytes hold."""
        return {name for name, texts in self.names.items() if any(text in data for text in texts)}

    def files(self):
        """Files that hold secrets: (path, permissions, name)."""
        found = set()
        for folder in self.folders:
            for path in folder.rglob("*"):
                try:
                    facts = path.lstat()
                    if not stat.S_ISREG(facts.st_mode) or any(path.is_relative_to(other) for other in self.ignored):
                        continue
                    data = path.read_bytes()
                except OSError:
                    continue
                found |= {(str(path), facts.st_mode & 0o777, name) for name in self.within(data)}
        return found


class Watch:
    """Looks again and again while something runs.

    arguments    (program, name): a secret among the words of a process
    variables    (words of the process, name): a secret among its variables
    files        as those of Search
    programs     the words of all processes that were seen
    """

    def __init__(self, search):
        self.search = search
        self.arguments, self.variables, self.files, self.programs = set(), set(), set(), set()
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self):
        rounds = 0
        while not self.ends.is_set():
            for folder in Path("/proc").glob("[0-9]*"):
                self.look_at(folder)
            if rounds % 4 == 0:
                self.files |= self.search.files()
            rounds += 1
            time.sleep(0.02)

    def look_at(self, folder):
        if int(folder.name) == os.getpid():
            return
        try:
            words = (folder / "cmdline").read_bytes()
            variables = (folder / "environ").read_bytes()
            program = os.readlink(folder / "exe")
        except OSError:
            return
        text = words.replace(b"\0", b" ").decode(errors="replace").strip()
        for name in self.search.within(words):
            self.arguments.add((program, name))
        self.variables |= {(text, name) for name in self.search.within(variables)}
        self.programs.add(text)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.thread.join()
