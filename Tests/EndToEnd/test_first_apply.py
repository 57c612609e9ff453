"""The first apply goes through although apps refer to what doesn't exist yet."""

from harness import GOLDEN, as_variable

TREE = GOLDEN / "all-leaves" / "expected" / "infra"
SECRETS = {"web": {"SESSION_SECRET": "x"}, "api": {"SESSION_SECRET": "x"}, "worker": {"QUEUE_SECRET": "x"}}


def test_the_first_apply_resolves_every_reference(t):
    variables = {"TF_VAR_turso_api_token": "made-up-token", "TF_VAR_secrets": as_variable(SECRETS)}
    workspace = t.workspace(TREE, environment="production", variables=variables)
    t.check("init", workspace.init().code == 0)
    result = workspace.plan()
    t.check("the plan of nothing is all creation", result.code == 2 and "to change" in result.words, result)
    changes = workspace.changes()
    t.check("every change creates", all(actions == ["create"] for actions in changes.values()), changes)
    result = workspace.terraform("apply", "tfplan")
    t.check("one apply makes everything", result.code == 0, result)

    state = workspace.state()
    app = 'module.apps.module.digitalocean_container["%s"].digitalocean_app.this'
    database = 'module.resources.module.digitalocean_postgres["db"].'
    pool = state[database + "digitalocean_database_connection_pool.this[0]"]
    cluster = state[database + "digitalocean_database_cluster.this"]
    key = state['module.resources.module.digitalocean_s3["media"].digitalocean_spaces_key.this[0]']
    bucket = state['module.resources.module.digitalocean_s3["media"].digitalocean_spaces_bucket.this']
    archive = state['module.resources.module.backblaze_s3["archive"].b2_application_key.this[0]']
    turso = 'module.resources.module.turso_sqlite["edge"].'

    def variables_of(name):
        return {item["key"]: item["value"] for item in state[app % name]["spec"][0]["service"][0]["env"]}

    web, api, worker = variables_of("web"), variables_of("api"), workspace.outputs()["environments"]["worker"]
    for what, found, wanted in (
        ("web, beside the database, gets the pool's private URL", web["DATABASE_URL"], pool["private_uri"]),
        ("web gets the bucket", web["MEDIA_BUCKET"], bucket["name"]),
        ("web gets the bucket's key", web["MEDIA_ACCESS_KEY"], key["access_key"]),
        ("web gets the bucket's secret", web["MEDIA_SECRET_KEY"], key["secret_key"]),
        ("web gets the edge database", web["EDGE_URL"], "libsql://" + state[turso + "turso_database.this"]["hostname"]),
        ("web gets the edge token", web["EDGE_TOKEN"], state[turso + "turso_database_token.this"]["jwt"]),
        ("api, elsewhere, gets the pool's public URL", api["DATABASE_URL"], pool["uri"]),
        ("api gets the public host", api["DATABASE_HOST"], cluster["host"]),
        ("worker gets the key of the archive", worker["ARCHIVE_KEY_ID"], archive["application_key_id"]),
        ("worker gets its secret", worker["ARCHIVE_KEY"], archive["application_key"]),
        ("a number is text", worker["CONCURRENCY"], "4"),
    ):
        t.check(what, found == wanted, (found, wanted))
    url = worker["DATABASE_URL"]
    t.check("worker gets the private URL past the pool", cluster["private_host"] in url and url.startswith("postgresql://"), url)
    again = workspace.plan(out=None)
    t.check("a second plan changes nothing", again.code == 0, again)
