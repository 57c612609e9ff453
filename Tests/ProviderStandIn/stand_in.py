#!/usr/bin/env python3
"""Serves real provider schemas to Terraform over plugin protocol 6, and makes up what the cloud would answer.

Prints one line when it is ready, the value for TF_REATTACH_PROVIDERS, and ends when its standard input ends.
"""

import argparse
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, os.environ.get("STAND_IN_GENERATED", str(HERE.parents[1] / ".build/test-tools/generated")))

import grpc  # noqa: E402
import plugin_pb2 as wire  # noqa: E402

import hetzner_rules  # noqa: E402
import planning  # noqa: E402
from cloud_rules import refused_by_cloud  # noqa: E402
from made_up import MadeUp, encrypted, label_of  # noqa: E402
from schema import Provider  # noqa: E402
from values import UNKNOWN, decode, encode, is_unknown  # noqa: E402
from world import NotFound, World, name_asked  # noqa: E402


class Refused(Exception):
    def __init__(self, summary, detail=""):
        super().__init__(summary)
        self.detail = detail


def diagnostic(summary, detail="", path=(), warning=False):
    severity = wire.Diagnostic.WARNING if warning else wire.Diagnostic.ERROR
    result = wire.Diagnostic(severity=severity, summary=summary, detail=detail)
    if path:
        result.attribute.CopyFrom(path_message(path))
    return result


def path_message(path):
    result = wire.AttributePath()
    for step in path:
        if isinstance(step, int):
            result.steps.add(element_key_int=step)
        else:
            result.steps.add(attribute_name=step)
    return result


def dynamic(value):
    return wire.DynamicValue(msgpack=encode(value))


class Service:
    """One provider."""

    def __init__(self, provider, world, log):
        self.provider = provider
        self.world = world
        self.log = log
        self.lock = threading.Lock()
        #: What was made here, by type and id: data sources find it, a database's pool asks for its host.
        self.objects = {}
        self.schema = provider.message()

    def _operation(self, operation, kind, name=""):
        """Whatever the world has in store for an operation."""
        time.sleep(self.world.delay(operation, kind, name))
        error = self.world.error(operation, kind, name)
        if error:
            raise Refused(*error)

    # --- the provider itself

    def GetMetadata(self, request):
        return wire.GetMetadata.Response()

    def GetProviderSchema(self, request):
        return self.schema

    def ValidateProviderConfig(self, request):
        response = wire.ValidateProviderConfig.Response()
        config = decode(request.config) or {}
        for name, attribute in self.provider.configuration.block.attributes.items():
            if attribute.required and config.get(name) is None:
                response.diagnostics.append(self._missing(name))
        token = config.get("token")
        if self.provider.name == "hcloud" and isinstance(token, str) and len(token) != 64:
            response.diagnostics.append(diagnostic("entered token is invalid (must be exactly 64 characters long)"))
        return response

    def _missing(self, name):
        if self.provider.name == "turso":
            return diagnostic(
                "Missing Configuration for Required Attribute",
                f"Must set a configuration value for the {name} attribute as the provider has marked it as required.\n\n"
                "Refer to the provider documentation or contact the provider developers for additional information "
                "about configurable attributes that are required.",
                (name,),
            )
        return diagnostic(
            "Missing required argument", f'The argument "{name}" is required, but no definition was found.', (name,)
        )

    def ConfigureProvider(self, request):
        response = wire.ConfigureProvider.Response()
        self._operation("configure", self.provider.name)
        config = decode(request.config) or {}
        for name, attribute in self.provider.configuration.block.attributes.items():
            if attribute.required and config.get(name) in (None, ""):
                response.diagnostics.append(self._missing(name))
        return response

    def StopProvider(self, request):
        return wire.StopProvider.Response()

    def CallFunction(self, request):
        arguments = [decode(item) for item in request.arguments]
        if request.name == "idna":
            return wire.CallFunction.Response(result=dynamic(arguments[0].encode("idna").decode()))
        if request.name == "txt_record":
            parts = [arguments[0][at : at + 255] for at in range(0, len(arguments[0]), 255)]
            return wire.CallFunction.Response(result=dynamic(" ".join(f'"{part}"' for part in parts)))
        return wire.CallFunction.Response(error=wire.CallFunction.FunctionError(text=f"no function {request.name}"))

    # --- resources

    def _validate(self, kinds, request):
        response = wire.ValidateTypeConfig.Response()
        kind = kinds[request.type_name]
        for problem in planning.validate(self.provider, kind, decode(request.config)):
            response.diagnostics.append(diagnostic(problem.summary, problem.detail, problem.path, problem.warning))
        return response

    def ValidateResourceConfig(self, request):
        return self._validate(self.provider.resources, request)

    def ValidateDataResourceConfig(self, request):
        return self._validate(self.provider.data_sources, request)

    def UpgradeResourceState(self, request):
        block = self.provider.resources[request.type_name].block
        return wire.UpgradeResourceState.Response(upgraded_state=dynamic(block.conform(json.loads(request.raw_state.json))))

    def ReadResource(self, request):
        self._operation("read", request.type_name)
        state = decode(request.current_state)
        kind = self.provider.resources[request.type_name]
        spoken, attributes = self.world.override(request.type_name, self._identity(kind, state))
        if spoken and attributes is None:
            state = None
        elif spoken:
            state = {**state, **kind.block.conform({**state, **attributes})}
        self._remember(kind, state)
        return wire.ReadResource.Response(new_state=dynamic(state), private=request.private)

    def PlanResourceChange(self, request):
        kind = self.provider.resources[request.type_name]
        prior, proposed = decode(request.prior_state), decode(request.proposed_new_state)
        response = wire.PlanResourceChange.Response(planned_private=request.prior_private, legacy_type_system=True)
        if proposed is None:
            response.planned_state.CopyFrom(dynamic(None))
            return response
        self._operation("plan", request.type_name)
        planned = planning.plan(kind.block, decode(request.config), prior)
        for problem in planning.refuse(kind, planned, prior):
            response.diagnostics.append(diagnostic(problem.summary, problem.detail, problem.path, problem.warning))
        if prior is not None:
            for path in planning.replaced_by(kind.block, prior, planned):
                response.requires_replace.append(path_message(path))
        response.planned_state.CopyFrom(dynamic(planned))
        return response

    def ApplyResourceChange(self, request):
        kind = self.provider.resources[request.type_name]
        prior, planned = decode(request.prior_state), decode(request.planned_state)
        response = wire.ApplyResourceChange.Response(private=request.planned_private, legacy_type_system=True)
        try:
            self._operation("apply" if planned is not None else "destroy", request.type_name)
            if planned is None:
                refusal = hetzner_rules.refused_deletion(kind.name, prior) if self.provider.name == "hcloud" else None
                if refusal:
                    raise Refused(refusal)
                self._forget(kind, prior)
                response.new_state.CopyFrom(dynamic(None))
                return response
            refusal = refused_by_cloud(kind.name, planned, prior, self.objects)
            if refusal:
                raise Refused(refusal)
        except Refused as refused:
            response.new_state.CopyFrom(dynamic(prior))
            response.diagnostics.append(diagnostic(str(refused), refused.detail))
            return response
        state = as_answered(kind, MadeUp(kind, planned, self.objects).fill())
        self._remember(kind, state)
        response.new_state.CopyFrom(dynamic(state))
        return response

    def ImportResourceState(self, request):
        self._operation("import", request.type_name, request.id)
        kind = self.provider.resources[request.type_name]
        response = wire.ImportResourceState.Response()
        if kind.facts.get("importable") is False:
            raise Refused(f"resource {kind.name} doesn't support import")
        spoken, attributes = self.world.override(kind.name, request.id)
        existing = self.objects.get(kind.name, {}).get(request.id)
        if spoken and attributes is None:
            raise Refused("Cannot import non-existent remote object")
        state = existing or as_answered(kind, imported(kind, request.id, attributes or {}, self.objects))
        response.imported_resources.add(type_name=kind.name, state=dynamic(state))
        return response

    # --- data sources

    def ReadDataSource(self, request):
        kind = self.provider.data_sources[request.type_name]
        config = decode(request.config)
        self._operation("data", request.type_name, name_asked(config))
        response = wire.ReadDataSource.Response()
        try:
            found = self.world.find(kind.name, config, self.objects)
        except NotFound as absent:
            response.diagnostics.append(diagnostic(str(absent)))
            return response
        if found is not None and found.pop("__absent", False):
            response.state.CopyFrom(dynamic(kind.block.conform(config)))
            return response
        planned = planning.plan(kind.block, config, None)
        if planned.get("id", "") is None:
            # Some are asked for by id or name, and answer the id in both cases.
            planned["id"] = UNKNOWN
        known = kind.block.conform(found or {})
        for name, value in known.items():
            # That there is none of something is an answer, too.
            isnt_told = planning.is_empty(value) and (found or {}).get(name) != []
            if not isnt_told and (planning.is_empty(planned.get(name)) or is_unknown(planned.get(name))):
                planned[name] = value
        response.state.CopyFrom(dynamic(MadeUp(kind, planned, self.objects).fill()))
        return response

    # --- what exists

    @staticmethod
    def _identity(kind, state):
        return str(state.get("id")) if state.get("id") is not None else label_of(state)

    def _remember(self, kind, state):
        if state is not None:
            with self.lock:
                self.objects.setdefault(kind.name, {})[self._identity(kind, state)] = state

    def _forget(self, kind, state):
        with self.lock:
            self.objects.get(kind.name, {}).pop(self._identity(kind, state), None)


def as_answered(kind, state):
    """The form in which the API gives back what it was given."""
    if kind.name == "digitalocean_app":
        _encrypt(state)
    return state


def _encrypt(value):
    """App Platform never shows a SECRET value again."""
    if isinstance(value, list):
        for item in value:
            _encrypt(item)
    elif isinstance(value, dict):
        if value.get("type") == "SECRET" and "key" in value and isinstance(value.get("value"), str):
            value["value"] = encrypted(value["value"])
        for item in value.values():
            _encrypt(item)


#: The parts of an import id, where it isn't just the id.
_IMPORT_PARTS = {
    "digitalocean_database_db": ("cluster_id", "name"),
    "digitalocean_database_user": ("cluster_id", "name"),
    "digitalocean_database_connection_pool": ("cluster_id", "name"),
    "digitalocean_database_replica": ("cluster_id", "name"),
    "digitalocean_database_firewall": ("cluster_id",),
    "digitalocean_spaces_bucket": ("region", "name"),
    "digitalocean_spaces_bucket_policy": ("region", "bucket"),
    "digitalocean_spaces_bucket_cors_configuration": ("region", "bucket"),
    "digitalocean_record": ("domain", "id"),
    "digitalocean_uptime_alert": ("check_id", "id"),
    "digitalocean_reserved_ip": ("ip_address",),
    "digitalocean_reserved_ip_assignment": ("ip_address", "droplet_id"),
    "digitalocean_domain": ("name",),
    "digitalocean_tag": ("name",),
    "digitalocean_certificate": ("name",),
    "digitalocean_container_registry": ("name",),
    "b2_bucket": ("bucket_id",),
    "b2_application_key": ("application_key_id",),
    "turso_database": ("organization_name", "name"),
    "turso_database_configuration": ("organization_slug", "database_name"),
}


def imported(kind, identity, attributes, objects):
    """The state of something that exists: what its id and the world say, the rest made up."""
    names = _IMPORT_PARTS.get(kind.name, ("id",))
    if kind.name == "hcloud_zone" and not identity.isdigit():
        names = ("name",)
    parts = re.split(r"[,/]" if len(names) > 1 else r"$^", identity)
    if len(parts) != len(names):
        raise Refused(f"must use the form {','.join(names)} as the import ID, got {identity}")
    config = kind.block.conform({**dict(zip(names, parts)), **attributes})
    for name, attribute in kind.block.attributes.items():
        if attribute.required and config[name] is None:
            config[name] = planning.COMPUTED
    planned = planning.plan(kind.block, config, None)
    return MadeUp(kind, planned, objects).fill()


_METHODS = {
    "GetMetadata": wire.GetMetadata.Request,
    "GetProviderSchema": wire.GetProviderSchema.Request,
    "ValidateProviderConfig": wire.ValidateProviderConfig.Request,
    "ValidateResourceConfig": wire.ValidateTypeConfig.Request,
    "ValidateDataResourceConfig": wire.ValidateTypeConfig.Request,
    "UpgradeResourceState": wire.UpgradeResourceState.Request,
    "ConfigureProvider": wire.ConfigureProvider.Request,
    "ReadResource": wire.ReadResource.Request,
    "PlanResourceChange": wire.PlanResourceChange.Request,
    "ApplyResourceChange": wire.ApplyResourceChange.Request,
    "ImportResourceState": wire.ImportResourceState.Request,
    "ReadDataSource": wire.ReadDataSource.Request,
    "CallFunction": wire.CallFunction.Request,
    "StopProvider": wire.StopProvider.Request,
}
_RESPONSES = {
    "ConfigureProvider": wire.ConfigureProvider.Response,
    "ReadResource": wire.ReadResource.Response,
    "PlanResourceChange": wire.PlanResourceChange.Response,
    "ImportResourceState": wire.ImportResourceState.Response,
    "ReadDataSource": wire.ReadDataSource.Response,
}


def handler(service, name, request_type):
    """A method that turns a refusal into a diagnostic, and tells Terraform of a bug of ours in full."""

    def call(request, context):
        service.log(service.provider.name, name, getattr(request, "type_name", ""))
        try:
            return getattr(service, name)(request)
        except Refused as refused:
            return _RESPONSES[name](diagnostics=[diagnostic(str(refused), refused.detail)])
        except Exception:  # noqa: BLE001
            context.abort(grpc.StatusCode.INTERNAL, "the stand-in failed:\n" + traceback.format_exc())

    return grpc.unary_unary_rpc_method_handler(
        call, request_deserializer=request_type.FromString, response_serializer=lambda message: message.SerializeToString()
    )


def serve(service, socket):
    """Starts a server; methods that aren't listed answer UNIMPLEMENTED, as Terraform expects of an older provider."""
    server = grpc.server(
        ThreadPoolExecutor(max_workers=12),
        options=[("grpc.max_receive_message_length", 64 << 20), ("grpc.max_send_message_length", 64 << 20)],
    )
    handlers = {name: handler(service, name, request_type) for name, request_type in _METHODS.items()}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("tfplugin6.Provider", handlers),))
    if not server.add_insecure_port(f"unix:{socket}"):
        raise SystemExit(f"can't listen on {socket}")
    server.start()
    return server


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemas", default=str(HERE.parent / "Schemas"), help="folder of provider schemas")
    parser.add_argument("--world", default=os.environ.get("STAND_IN_WORLD"), help="JSON file of what exists (see world.py)")
    parser.add_argument("--log", help="file that gets a line for each call: provider, method, type")
    parser.add_argument("providers", nargs="*", help="names of schema files, all by default")
    options = parser.parse_args()

    names = options.providers or sorted(path.stem for path in Path(options.schemas).glob("*.json"))
    log_lock = threading.Lock()
    log_file = open(options.log, "a", buffering=1) if options.log else None

    def log(*words):
        if log_file:
            with log_lock:
                log_file.write(" ".join(word for word in words if word) + "\n")

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # A socket's path may be some 100 bytes long, and a test's own folder is often longer.
    sockets = tempfile.mkdtemp(prefix="si-", dir="/tmp")
    servers, reattach = [], {}
    try:
        world = World(options.world)
        for name in names:
            provider = Provider(options.schemas, name)
            socket = f"{sockets}/{name}"
            servers.append(serve(Service(provider, world, log), socket))
            entry = {
                "Protocol": "grpc",
                "ProtocolVersion": 6,
                "Pid": os.getpid(),
                "Test": True,
                "Addr": {"Network": "unix", "String": socket},
            }
            reattach[provider.address] = entry
            # OpenTofu knows the same provider by the address of its own registry.
            reattach[provider.address.replace("registry.terraform.io/", "registry.opentofu.org/")] = entry
        print(json.dumps(reattach), flush=True)
        try:
            sys.stdin.buffer.read()
        except KeyboardInterrupt:
            pass
    finally:
        for server in servers:
            server.stop(None)
        shutil.rmtree(sockets, ignore_errors=True)


if __name__ == "__main__":
    main()
