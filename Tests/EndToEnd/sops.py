"""Files of sops for scenarios: encrypted by a small program that is called, answers and ends as sops 3 does, or by a real one.

WEBKIT_TEST_SOPS names a real one (scripts/sops-real.sh).
"""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

REAL = os.environ.get("WEBKIT_TEST_SOPS")

#: Writes down how it is called, then does it.
RECORDER = """#!/bin/sh
{{ for word in "$@"; do printf '%s\\n' "$word"; done; echo; }} >>"{log}"
tr '\\0' '\\n' </proc/$$/environ >"{log}.environ"
exec {program} "$@"
"""

#: What sops 3.11.0 says and ends with, tried with the real one.
STAND_IN = r'''
import base64, hashlib, json, os, re, sys

words = sys.argv[1:]
if len(words) != 4 or words[:3] != ["-d", "--output-type", "json"]:
    print("Incorrect Usage.")
    sys.exit(1)
path = words[3]

def end(code, text):
    print(text, file=sys.stderr)
    sys.exit(code)

if os.path.isdir(path):
    end(2, f"Error reading file: read {os.path.abspath(path)}: is a directory")
if not os.path.exists(path):
    end(100, f'Error: cannot operate on non-existent file "{os.path.abspath(path)}"')
text = open(path).read()
if "[" in text and "]" not in text:
    end(1, "Error unmarshalling input yaml: yaml: line 1: did not find expected ',' or ']'")
if re.fullmatch(r"[^:\n]+\n?", text):
    end(1, f"Error unmarshalling input yaml: yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `{text[:7]}...` into stores.SopsFile")
found = re.search(r"^data: ENC\[(.*)\]\n(?:.*\n)*sops:\n    recipient: (\w+)\n    mac: (\w+)", text, re.M)
if not found:
    end(1, "sops metadata not found")
data, recipient, mac = found.groups()
key = os.environ.get("SOPS_AGE_KEY")
if not key and os.environ.get("SOPS_AGE_KEY_FILE"):
    key = open(os.environ["SOPS_AGE_KEY_FILE"]).read().strip()
if not key or hashlib.sha256(key.encode()).hexdigest()[:16] != recipient:
    end(128, f"""Failed to get the data key required to decrypt the SOPS file.

Group 0: FAILED
  age1{recipient}: FAILED
    - | failed to load age identities. Did not find keys in
      | locations 'SOPS_AGE_KEY', 'SOPS_AGE_KEY_FILE', and
      | '{os.environ.get("HOME")}/.config/sops/age/keys.txt'.

Recovery failed because no master key was able to decrypt the file. In
order for SOPS to recover the file, at least one key has to be successful,
but none were.""")
cipher = base64.b64decode(data)
stream = b"".join(hashlib.sha256(f"{key} {n}".encode()).digest() for n in range(len(cipher) // 32 + 1))
plain = bytes(a ^ b for a, b in zip(cipher, stream))
if hashlib.sha256(plain + text.split("data:")[0].encode()).hexdigest().upper() != mac:
    end(51, f"MAC mismatch. File has {mac}, computed {'0' * 64}")
shown = json.dumps(json.loads(plain), indent="\t", ensure_ascii=False)
for letter in "<>&\u2028\u2029":
    shown = shown.replace(letter, f"\\u{ord(letter):04x}")
print(shown)
'''


class Sops:
    """A sops to be put on PATH, and two keys.

    bin        the folder of the program
    keys       what SOPS_AGE_KEY holds to open what was encrypted for the first or the second one
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.bin = self.folder / "bin"
        self.bin.mkdir(parents=True)
        self.log = self.folder / "sops.log"
        program = f'"{REAL}"'
        if not REAL:
            (self.folder / "sops.py").write_text(STAND_IN)
            program = f'"{sys.executable}" -S "{self.folder}/sops.py"'
        path = self.bin / "sops"
        path.write_text(RECORDER.format(log=self.log, program=program))
        path.chmod(0o755)
        pairs = [_age_pair() if REAL else (secrets.token_hex(32), "") for _ in range(2)]
        self.keys = [pair[0] for pair in pairs]
        self.recipients = [pair[1] for pair in pairs]

    def encrypt(self, path, values, key=0):
        """Writes a file of sops, a real one as YAML."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if REAL:
            # JSON is YAML, but for two characters that end lines there.
            text = json.dumps(values, ensure_ascii=False)
            path.write_text(text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
            words = [REAL, "-e", "-i", "--age", self.recipients[key], path]
            variables = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
            subprocess.run(words, check=True, capture_output=True, env=variables)
            return
        plain = json.dumps(values).encode()
        key = self.keys[key]
        stream = b"".join(hashlib.sha256(f"{key} {n}".encode()).digest() for n in range(len(plain) // 32 + 1))
        data = base64.b64encode(bytes(a ^ b for a, b in zip(plain, stream))).decode()
        recipient = hashlib.sha256(key.encode()).hexdigest()[:16]
        mac = hashlib.sha256(plain).hexdigest().upper()
        path.write_text(f"data: ENC[{data}]\nsops:\n    recipient: {recipient}\n    mac: {mac}\n")

    def spoil(self, path):
        """Changes a file without sops."""
        path.write_text("added: by hand\n" + path.read_text())

    def calls(self):
        """The arguments of each call."""
        text = self.log.read_text() if self.log.exists() else ""
        return [call.splitlines() for call in text.split("\n\n") if call]

    def forget_calls(self):
        self.log.unlink(missing_ok=True)

    def seen(self):
        """The variables that it got last."""
        lines = Path(f"{self.log}.environ").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)


def _age_pair():
    """A new key of age, and what is encrypted for it: Bech32 of 32 bytes (age's specification)."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    raw = private.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return _bech32("age-secret-key-", raw).upper(), _bech32("age", public)


def _bech32(prefix, data):
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[start : start + 5], 2) for start in range(0, len(bits), 5)]

    def remainder(values):
        check = 1
        for value in values:
            top = check >> 25
            check = (check & 0x1FFFFFF) << 5 ^ value
            for index, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                check ^= generator if top >> index & 1 else 0
        return check

    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = remainder(spread + values + [0] * 6) ^ 1
    return prefix + "1" + "".join(letters[value] for value in values + [check >> 5 * (5 - index) & 31 for index in range(6)])
