"""An S3 server on loopback, for scenarios that keep the state in a bucket."""

import threading
import uuid

KEYS = {"TF_STATE_ACCESS_KEY": "state-access-key", "TF_STATE_SECRET_KEY": "state-secret-key"}


class Store:
    """The server with one bucket of its own; it ends with the `with`.

    requests     what it was asked: (method, path, headers by lower-case name)
    """

    def __init__(self):
        import boto3
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            def log(self, *_):
                pass

        self.requests = []
        self.bucket = f"state-{uuid.uuid4().hex[:12]}"
        backend = DomainDispatcherApplication(create_backend_app)

        def application(environ, respond):
            headers = {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
            self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], headers))
            return backend(environ, respond)

        self.server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.client = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        self.client.create_bucket(Bucket=self.bucket)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def keys(self):
        return sorted(item["Key"] for item in self.client.list_objects_v2(Bucket=self.bucket).get("Contents", []))

    def read(self, key):
        return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read().decode()

    def of_terraform(self):
        """What Terraform asked, not we."""
        return [item for item in self.requests if "terraform" in item[2].get("user-agent", "").lower()]
