import AppManifest
import Diagnostics

/// Reads a text as a manifest; the findings come as `severity id line:column`.
func read(_ text: String) -> (manifest: Manifest?, findings: [String], diagnostics: Diagnostics) {
  var diagnostics = Diagnostics()
  let manifest = readManifest(SourceFile(name: "app.json", text: text), into: &diagnostics)
  let findings = diagnostics.sorted().map { item in
    guard let location = item.location else { return "\(item.severity) \(item.id)" }
    let position = location.file.position(at: location.range.start)
    return "\(item.severity) \(item.id) \(position.line):\(position.column)"
  }
  return (manifest, findings, diagnostics)
}

/// A manifest of one app with some more keys, and of the database `db`.
func appManifest(_ keys: String) -> String {
  """
  {
    "project": {"name": "site"},
    "resources": [{"name": "db", "type": "postgres", "provider": "digitalocean"}],
    "apps": [{"name": "web", "infra": {"provider": "digitalocean", "type": "app"},
      \(keys)
    }]
  }
  """
}
