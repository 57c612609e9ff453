import HCL
public import ProviderModel

/// The reference of the places where states are kept, as Markdown.
public func renderBackends(_ catalog: Catalog) -> String {
  var page = Page()
  page.add("# Where the state is kept")
  page.add(
    "<!-- Written by `webkit spec docs` from the specs in this folder: change those. -->")
  page.add(
    "`infra.backend` of app.json says it: `{ \"type\": ..., <settings> }`, or the type alone where it needs no settings."
  )
  page.add(
    ["type", "also", "what it is", "backend of Terraform", "locks"],
    catalog.backends.map { backend in
      [
        "[\(code(backend.name))](#\(backend.name))", codes(backend.aliases), backend.title,
        code(backend.type), locking(of: backend),
      ]
    })
  for backend in catalog.backends { add(backend, to: &page) }
  return page.text
}

private func locking(of backend: BackendSpec) -> String {
  guard let locks = backend.locks else { return "always" }
  let read = backend.settings.map(\.name).filter { name in
    locks.attributePath == ["settings", name]
  }
  if !read.isEmpty { return "unless \(codes(read)) is `false`" }
  return backend.isLocked(backend.filled([:])) ? "yes" : "**no**"
}

private func add(_ backend: BackendSpec, to page: inout Page) {
  page.add("## \(backend.name)")
  var words = sentence(backend.title)
  words += " The state of an environment is \(code(backend.statePattern))."
  if let documentation = backend.documentation { words += " [Documentation](\(documentation))" }
  page.add(words)
  if let note = backend.note { page.add(note) }
  if let upkeep = backend.upkeep { page.add(upkeep) }
  if let bucket = backend.bucket { page.add(sentences(on: bucket, of: backend)) }
  if let reason = backend.unlockedReason { page.add("Nothing locks it: \(sentence(reason))") }
  let table = InputTable(provider: nil, facts: [:], replacing: [], frozen: [])
  page.add(
    InputTable.head,
    backend.settings.flatMap { setting in
      var rows = table.rows(of: setting)
      if let variable = backend.settingVariables[setting.name] {
        rows[0][2] = "the variable \(code(variable))"
      }
      return rows
    })
  addArguments(of: backend, to: &page)
  addSecrets(of: backend, to: &page)
}

private func sentences(on bucket: BucketSpec, of backend: BackendSpec) -> String {
  let settings = backend.filled([:])
  let isKnown = bucket.conditionalWrites.map { !backend.value(of: $0, settings).isNull } ?? false
  let making = "`webkit infra state init` makes the bucket, private and with versions."
  return isKnown
    ? making
    : making
      + " Whether it honours the conditional writes that the lock needs is tried by that command, and before the first one that writes the state."
}

/// What Terraform is told that isn't a setting as it stands.
private func addArguments(of backend: BackendSpec, to page: inout Page) {
  page.add(
    ["argument of Terraform", "what it is told"],
    backend.arguments.compactMap { name, from in
      let isLeftOut = Value(literal: from)?.isNull == true
      return isLeftOut ? nil : [code(name), code(Printer.print(from))]
    })
  let variables = backend.engineVariables(backend.filled([:])).sorted { $0.key < $1.key }
  guard !variables.isEmpty else { return }
  let pairs = variables.map { "\($0.key)=\($0.value)" }
  page.add("Terraform needs \(codes(pairs)) in its environment; `webkit infra` sets them.")
}

private func addSecrets(of backend: BackendSpec, to page: inout Page) {
  let secrets = backend.secrets(backend.filled([:])).sorted { $0.value < $1.value }
  guard !secrets.isEmpty else { return }
  page.add(
    "Secrets stand in the environment, never in app.json. `webkit infra` takes the first set of which anything is given, and hands it to Terraform alone:"
  )
  let own = Dictionary(uniqueKeysWithValues: secrets.map { ($0.key, $0.value) })
  page.add(
    secrets.map { name, _ in
      code(name) + (backend.optionalSecrets.contains(name) ? " (if there is one)" : "")
    },
    (backend.credentials + [own]).map { way in
      secrets.map { name, _ in way[name].map(code) ?? "" }
    })
  guard !backend.ambientVariables.isEmpty else { return }
  page.add(
    "Without any of them, or with the last, these are handed on: \(codes(backend.ambientVariables))."
  )
}
