"""An S3 server on loopback, for scenarios that keep the state in a bucket."""

import hashlib
import hmac
import threading
import urllib.parse
import uuid

KEYS = {"TF_STATE_ACCESS_KEY": "state-access-key", "TF_STATE_SECRET_KEY": "state-secret-key"}
SECRETS = {"state-access-key": "state-secret-key", "an-access-key": "a-secret-key"}


class Store:
    """The server with one bucket of its own; it ends with the `with`.

    It is as strict as a real one: who reads or writes has to sign it, and signatures are checked.

    requests     what it was asked: (method, path, headers by lower-case name)
    conditions   what it makes of `If-None-Match`: honoured, ignored or refused
    is_public    whether strangers may read
    """

    def __init__(self, conditions="honoured", is_public=False, makes_bucket=True, is_versioned=False):
        import boto3
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            def log(self, *_):
                pass

        self.requests = []
        self.conditions = conditions
        self.is_public = is_public
        self.bucket = f"state-{uuid.uuid4().hex[:12]}"
        backend = DomainDispatcherApplication(create_backend_app)

        def application(environ, respond):
            headers = {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
            self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], headers))
            refusal = self.refusal(environ, headers)
            if refusal:
                status, code = refusal
                respond(status, [("Content-Type", "application/xml")])
                return [f"<Error><Code>{code}</Code><Message>{code} by the test</Message></Error>".encode()]
            if self.conditions == "ignored":
                environ.pop("HTTP_IF_NONE_MATCH", None)
            return backend(environ, respond)

        self.server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.client = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        if makes_bucket:
            self.client.create_bucket(Bucket=self.bucket)
        if is_versioned:
            self.client.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def refusal(self, environ, headers):
        """Why a request isn't let through: status and code; None for one that is."""
        authorization = headers.get("authorization", "")
        if "Credential=test/" in authorization:
            return None
        if not authorization:
            if environ["REQUEST_METHOD"] == "PUT" and "acl" in environ.get("QUERY_STRING", ""):
                return "403 Forbidden", "AccessDenied"
            return None if self.is_public and environ["REQUEST_METHOD"] == "GET" else ("403 Forbidden", "AccessDenied")
        if "x-amz-content-sha256" not in headers:
            return "400 Bad Request", "MissingContentSha256"
        if not is_signed_well(environ, headers):
            return "403 Forbidden", "SignatureDoesNotMatch"
        if environ["REQUEST_METHOD"] == "PUT" and headers.get("x-amz-acl") == "private":
            self.is_public = False
        if self.conditions == "refused" and "if-none-match" in headers:
            return "501 Not Implemented", "NotImplemented"
        return None

    def keys(self):
        return sorted(item["Key"] for item in self.client.list_objects_v2(Bucket=self.bucket).get("Contents", []))

    def read(self, key):
        return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read().decode()

    def write(self, key, text):
        self.client.put_object(Bucket=self.bucket, Key=key, Body=text.encode())

    def of_terraform(self):
        """What Terraform asked, not we."""
        return [item for item in self.requests if "terraform" in item[2].get("user-agent", "").lower()]

    def of_curl(self):
        """What webkit asked."""
        return [item for item in self.requests if item[2].get("user-agent", "").startswith("curl/")]


def is_signed_well(environ, headers):
    """Whether a request's signature is right (version 4), worked out as the store's documentation says."""
    scheme, _, rest = headers["authorization"].partition(" ")
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    access, *scope = fields["Credential"].split("/")
    if scheme != "AWS4-HMAC-SHA256" or access not in SECRETS:
        return False
    everything = {**headers, "content-type": environ.get("CONTENT_TYPE", ""), "content-length": environ.get("CONTENT_LENGTH", "")}
    names = fields["SignedHeaders"].split(";")
    if any(name not in everything for name in names):
        return False
    raw_path, _, raw_query = environ["RAW_URI"].partition("?")
    quote = lambda text: urllib.parse.quote(text, safe="-._~")  # noqa: E731
    query = sorted((quote(name), quote(value)) for name, value in urllib.parse.parse_qsl(raw_query, keep_blank_values=True))
    canonical = "\n".join([
        environ["REQUEST_METHOD"],
        urllib.parse.quote(urllib.parse.unquote(raw_path), safe="/-._~"),
        "&".join(f"{name}={value}" for name, value in query),
        *(f"{name}:{' '.join(everything[name].split())}" for name in names),
        "",
        ";".join(names),
        headers["x-amz-content-sha256"],
    ])
    signed = "\n".join([scheme, headers["x-amz-date"], "/".join(scope), hashlib.sha256(canonical.encode()).hexdigest()])
    key = b"AWS4" + SECRETS[access].encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, signed.encode(), hashlib.sha256).hexdigest() == fields["Signature"]
