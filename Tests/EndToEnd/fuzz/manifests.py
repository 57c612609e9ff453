"""Random manifests, made of what the specs say that there is."""

import values

_NAMES = ["db", "cache", "files", "net", "zone", "disk", "entry", "tls", "cluster", "address", "a", "x-1", "main", "very-long-name-of-a-thing", "web", "api", "worker", "jobs", "edge"]
_ZONES = ["example.com", "example.org", "shop.example.net"]
#: The shape of the providers' ids: most are UUIDs.
_NUMBERED = {"hetzner", "vm"}


class Generator:
    def __init__(self, facts, random):
        self.facts, self.random = facts, random
        self.wildness = random.choice([0, 0, 0, 0, 0.01, 0.04])
        self.density = random.choice([0.05, 0.15, 0.15, 0.3, 0.6])
        self.environments = random.choice([None, ["production"], ["production", "staging"], ["production", "staging"], ["staging", "preview", "production"]])
        self.items = []

    def chance(self, share):
        return self.random.random() < share

    def manifest(self):
        manifest = {"project": self._project()}
        leaves = self._leaves()
        names = self.random.sample(_NAMES, len(leaves))
        self.items = list(zip(names, leaves))
        resources = [self._resource(name, leaf) for name, leaf in self.items if leaf.serves == "resource"]
        apps = [self._app(name, leaf) for name, leaf in self.items if leaf.serves == "app"]
        infra = self._infra()
        for key, value in [("infra", infra), ("resources", resources), ("apps", apps)]:
            if value or self.chance(0.1):
                manifest[key] = value
        if self.chance(0.2):
            manifest["shared"] = {"env": self._env(None)}
        if self.chance(0.35):
            manifest["monitoring"] = self._part(self.facts.schema["properties"]["monitoring"], "monitoring")
        if self.chance(0.35):
            manifest["notifications"] = self._notifications()
        return manifest

    def _leaves(self):
        """Mostly of one or two providers, so that they have something to do with each other."""
        random = self.random
        providers = random.sample(sorted({leaf.provider for leaf in self.facts.leaves}), random.choice([1, 1, 2, 2, 4]))
        here = [leaf for leaf in self.facts.leaves if leaf.provider in providers]
        wanted = [random.choice([leaf for leaf in here if leaf.serves == "resource"]) for _ in range(random.choice([0, 1, 2, 3, 5, 8]))]
        apps = [leaf for leaf in self.facts.leaves if leaf.serves == "app" and (leaf in here or self.chance(0.3))]
        wanted += [random.choice(apps) for _ in range(random.choice([0, 1, 1, 2, 3]))] if apps else []
        return wanted or [random.choice(self.facts.leaves)]

    def _project(self):
        project = {"name": self.random.choice(["shop", "a", "the-very-long-name-of-a-project", "blog2"]), "title": "Shop"}
        if self.chance(0.8):
            project["repo"] = self.random.choice(["acme/shop", {"owner": "acme", "name": "shop"}, "git@github.com:acme/shop.git"])
        if self.chance(0.2):
            project["description"] = self.random.choice(["Sells", 'Says "hi" ${x} %{y}', "Zeile\nzwei"])
        return project

    def _infra(self):
        infra = {}
        if self.environments:
            infra["environments"] = list(self.environments)
        if self.chance(0.9):
            infra["backend"] = {"type": "local"}
        if self.chance(0.2):
            infra["tags"] = {"team": "commerce", "cost-centre": 4711}
        if self.chance(0.1):
            infra["name"] = self.random.choice(["{project}-{environment}-{name}", "{name}-{environment}", "{environment}{name}", "{name}"])
        providers = {}
        for provider in self.facts.providers:
            definition = self.facts.definitions.get(f"provider_{provider}", {})
            used = any(leaf.provider == provider for _, leaf in self.items)
            if "properties" in definition and self.chance(0.5 if used else 0.03):
                providers[provider] = self._config(definition["properties"], f"providers.{provider}", {}, set())
            if provider == "turso" and used:
                providers.setdefault("turso", {}).setdefault("organization", "acme")
        if providers:
            infra["providers"] = providers
        return infra

    def _config(self, properties, leaf, references, required):
        config = {}

        def refer(path):
            kind = references.get(path)
            return None if kind is None else self._reference(kind)

        for key, schema in properties.items():
            share = 0.02 if self.facts.is_alias(schema) else self.density
            if key in references:
                share = max(share, 0.4)
            if key in required or self.chance(share):
                config[key] = values.sample(self.facts, self.random, schema, key, self.wildness, refer)
        if self.chance(self.wildness):
            config["unheard_of"] = values.wild(self.random)
        return config

    def _reference(self, kind):
        names = [name for name, leaf in self.items if leaf.kind == kind]
        if not names or self.chance(0.03):
            return self.random.choice(_NAMES) if self.chance(0.05) else _nothing(self.random)
        return self.random.choice(names) if self.chance(0.8) else [self.random.choice(names)]

    def _managed(self, item, name, leaf):
        identity = str(self.random.randint(1, 10**8)) if {leaf.provider, leaf.kind} & _NUMBERED else "5a4981aa-9653-4bd1-bef5-d6bff52042e4"
        environments = self.environments or ["production"]
        where = self.random.choice(environments)
        if leaf.can_exist and self.chance(0.12):
            manage = self.random.choice(["existing", "existing", "adopt"])
            item["manage"] = manage if self.chance(0.6) else {where: manage}
            if self.chance(0.6):
                item["id"] = identity if self.chance(0.5) else {where: identity}
            if self.chance(0.6):
                item["cloud_name"] = f"legacy-{name}" if self.chance(0.5) else {where: f"legacy-{name}"}
        elif self.chance(0.08):
            item["cloud_name"] = self.random.choice([f"kept-{name}", {where: f"kept-{name}"}])
        if self.chance(0.04):
            item["was"] = self.random.choice(["former", ["former"], ["former", "older"], self.random.choice(_NAMES)])
        if self.chance(0.06):
            item["monitoring"] = self.random.choice([True, False])

    def _environments(self, item, leaf, references):
        if not self.environments or not self.chance(0.3):
            return
        where = self.random.choice(self.environments)
        if self.chance(0.4):
            item["environments"] = [where]
            return
        config = self._config(leaf.properties, leaf, references, set())
        item["environments"] = {where: {"config": config}} if self.chance(0.9) else {where: False}
        if self.chance(0.03):
            item["environments"]["nowhere"] = {}

    def _resource(self, name, leaf):
        item = {"name": name, "type": leaf.kind, "provider": leaf.provider}
        config = self._config(leaf.properties, leaf, leaf.references, leaf.required)
        if leaf.kind in ("domain", "dns"):
            config["domain"] = self.random.choice(_ZONES)
        if config or self.chance(0.3):
            item["config"] = config
        if self.chance(0.2):
            item["title"] = "Thing of " + name
        self._managed(item, name, leaf)
        self._environments(item, leaf, leaf.references)
        return item

    def _app(self, name, leaf):
        config = self._config(leaf.properties, leaf, leaf.references, leaf.required)
        hosts = [other for other, kind in self.items if kind is leaf and other != name]
        if "host" in leaf.properties:
            config.pop("host", None)
            if hosts and self.chance(0.4):
                config = {"host": hosts[0], **({} if self.chance(0.7) else config)}
        item = {"name": name, "infra": {"provider": leaf.provider, "type": leaf.kind, "config": config}}
        if self.chance(0.6):
            item["path"] = "apps/" + name
        if self.chance(0.4):
            item["build"] = self._part(self.facts.definitions["build"], "build")
        if self.chance(0.5):
            item["domains"] = self._domains(name)
        if self.chance(0.8):
            item["env"] = self._env(name)
        self._managed(item, name, leaf)
        self._environments(item, leaf, leaf.references)
        return item

    def _domains(self, name):
        zone = self.random.choice(_ZONES)
        domains = [{"name": f"{name}.{zone}", "type": "primary"}]
        if self.chance(0.3):
            domains[0] = zone
        if self.chance(0.3):
            domains.append({"name": f"www.{name}.{zone}", "type": "alias", "wildcard": self.chance(0.3)})
        if self.chance(0.2):
            domains.append({"name": f"{name}.elsewhere.example", "type": "unmanaged"})
        for domain in domains:
            if isinstance(domain, dict) and self.chance(0.4):
                domain["zone"] = self.random.choice([zone, domain["name"]])
        return domains if self.chance(0.9) else {"primary": domains[0]}

    def _env(self, app):
        variables = {}
        resources = [(name, leaf) for name, leaf in self.items if leaf.serves == "resource" and leaf.outputs]
        for number in range(self.random.choice([0, 1, 2, 4])):
            key = self.random.choice(["URL", "KEY", "_x", "lower", "LONG_NAME_OF_A_VARIABLE"]) + str(number)
            kind = self.random.random()
            if kind < 0.5 and resources:
                name, leaf = self.random.choice(resources)
                output = self.random.choice(leaf.outputs) if self.chance(0.98) else "nothing"
                variables[key] = self.random.choice(
                    [{"source": "resource", "value": f"{name}.{output}"}, {"type": "resource", "resource": name, "output": output}, {"source": "from_resource", "from": f"resource:{name}:{output}"}]
                )
            elif kind < 0.65:
                variables[key] = self.random.choice([{"source": "secret"}, {"source": "sops", "value": key}, {"type": "secret"}])
            elif kind < 0.65 + self.wildness:
                variables[key] = values.wild(self.random)
            else:
                variables[key] = self.random.choice(["text", 12, True, 'quo"te ${x} %{y}', "", "zwei\nzeilen", {"source": "value", "value": 1.5, "scope": self.random.choice(["run", "build", "both"])}])
        if self.chance(0.3):
            return [{"key": key, **(entry if isinstance(entry, dict) else {"value": entry})} for key, entry in variables.items()]
        if self.chance(0.4):
            return variables
        return {self.random.choice(["default", "production", *(self.environments or ["staging", "dev"])]): variables}

    def _notifications(self):
        notifications = {"emails": ["ops@example.com"]} if self.chance(0.6) else {}
        if self.chance(0.6):
            notifications["slack"] = True if self.chance(0.3) else self._part(self.facts.definitions["notification_slack"], "slack")
        return notifications

    def _part(self, schema, path):
        return values.sample(self.facts, self.random, schema, path, self.wildness, lambda path: None)


def _nothing(random):
    """What stands for no reference: an id of another account."""
    return random.choice(["5a4981aa-9653-4bd1-bef5-d6bff52042e4", "12345678"])


def shuffled(value, random):
    """The same JSON with the keys of its objects in another order."""
    if isinstance(value, list):
        return [shuffled(item, random) for item in value]
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return value
