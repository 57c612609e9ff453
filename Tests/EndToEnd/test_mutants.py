"""`webkit check` says of mutants of the golden trees what Terraform says: one of each kind; scripts/check-mutants.sh judges thousands."""

import subprocess
import sys

from harness import ROOT


def test_the_checker_agrees_on_mutants(t):
    command = [sys.executable, str(ROOT / "Tests" / "EndToEnd" / "mutants" / "mutants.py"), "--engine", t.engine.version]
    result = subprocess.run([*command, "--count", "65", "--seed", "5", "--jobs", "1", "--least", "98"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    t.check("the verdicts agree", result.returncode == 0, result.stdout[-4000:])
    t.check("mutants were judged", "65 mutants of 65 kinds" in result.stdout, result.stdout[-400:])
