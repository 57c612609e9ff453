"""A machine on loopback: a real sshd, run by an unprivileged user who is called `deploy`, with an /etc of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

#: Who the user is doesn't matter, as long as it is nobody else.
USER = 41_729

#: In mounts of its own, so that /etc/apps and the user are nobody else's.
START = """
set -e
mount -t tmpfs tmpfs /mnt
cp -a /etc/. /mnt/
mount --bind /mnt /etc
printf 'deploy:x:{user}:{user}::%s:/bin/sh\\n' "{folder}/home" >>/etc/passwd
printf 'deploy:x:{user}:\\n' >>/etc/group
rm -f /etc/nologin
{apps}
exec setpriv --reuid={user} --regid={user} --clear-groups "{sshd}" -D -e -f "{folder}/sshd_config"
"""


def lacking():
    """Why there can't be a machine here; None where there can."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        return "that takes root, unshare and setpriv"
    if not shutil.which("sshd") and not Path("/usr/sbin/sshd").exists():
        return "there is no sshd on this machine"
    if not shutil.which("ssh") or not shutil.which("ssh-keygen"):
        return "there is no ssh on this machine"
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        return "mounts can't be made on this machine"
    return None


class Machine:
    """The machine; it ends with the `with`.

    port         its sshd's
    key          a file with a private key that lets in
    agent        variables with which ssh has that key, and nothing of the user's own
    """

    def __init__(self, apps=True):
        self.folder = Path(tempfile.mkdtemp(prefix="e2e-machine-"))
        self.folder.chmod(0o755)
        self.home = self.folder / "home"
        (self.home / ".ssh").mkdir(parents=True)
        for name in ("host", "client", "other"):
            self.make_key(name)
        self.key = self.folder / "client"
        self.keys = self.home / ".ssh" / "authorized_keys"
        self.keys.write_text((self.folder / "client.pub").read_text())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (self.folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
            f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nAuthorizedKeysFile {self.keys}\nLogLevel ERROR\n"
        )
        for path in (self.home, self.home / ".ssh", self.keys, self.folder / "host"):
            os.chown(path, USER, USER)
        self.make_apps = apps
        self.agent_process = None
        self.process = None
        self.start()
        self.agent = self.start_agent()

    def make_key(self, name):
        for suffix in ("", ".pub"):
            (self.folder / f"{name}{suffix}").unlink(missing_ok=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", self.folder / name], check=True)
        return (self.folder / f"{name}.pub").read_text().strip()

    def start(self):
        sshd = shutil.which("sshd") or "/usr/sbin/sshd"
        apps = f"install -d -m 0700 -o {USER} -g {USER} /etc/apps" if self.make_apps else ""
        script = START.format(user=USER, folder=self.folder, sshd=sshd, apps=apps)
        self.errors = (self.folder / "sshd.log").open("ab")
        self.process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", script], stdin=subprocess.DEVNULL, stdout=self.errors, stderr=self.errors,
        )
        until = time.monotonic() + 20
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("sshd doesn't start:\n" + (self.folder / "sshd.log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.errors.close()

    def start_agent(self):
        socket_path = self.folder / "agent"
        self.agent_process = subprocess.Popen(
            ["ssh-agent", "-D", "-a", socket_path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 10
        while not socket_path.exists() and time.monotonic() < until:
            time.sleep(0.02)
        variables = {"SSH_AUTH_SOCK": str(socket_path)}
        subprocess.run(["ssh-add", "-q", self.key], env={**os.environ, **variables}, check=True, capture_output=True)
        return variables

    @property
    def etc(self):
        """The machine's own /etc, from outside."""
        return Path("/proc", str(self.process.pid), "root", "etc")

    def apps(self):
        """What lies in /etc/apps: bytes, permissions and number by name."""
        return {
            path.name: (path.read_bytes(), path.stat().st_mode & 0o777, path.stat().st_ino)
            for path in (self.etc / "apps").iterdir()
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.agent_process.terminate()
        self.agent_process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
