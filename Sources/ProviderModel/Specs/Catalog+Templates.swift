import Diagnostics

extension Catalog {
  /// The files that a leaf reads, and those that these read, by name in order.
  ///
  /// A leaf names them as `"${path.module}/templates/<name>"`, a template as `"${folder}/<name>"`
  /// with a variable of its own. A provider's own file goes before a shared one.
  public func templates(of module: ModuleSpec) -> [(name: String, text: String)] {
    guard !templates.isEmpty else { return [] }
    var found: [String: String] = [:]
    var pending = [module.file.bytes]
    while let bytes = pending.popLast() {
      for name in Self.namesBehindSlashes(bytes)
      where templateNames.contains(name) && found[name] == nil {
        guard
          let template = templates["\(module.provider)/templates/\(name)"]
            ?? templates["shared/templates/\(name)"]
        else { continue }
        found[name] = template
        pending.append(Array(template.utf8))
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What may be the name of a file behind each slash; by bytes, since every leaf is looked through.
  private static func namesBehindSlashes(_ bytes: [UInt8]) -> [String] {
    var names: [String] = []
    for slash in bytes.indices where bytes[slash] == UInt8(ascii: "/") {
      let name = bytes[(slash + 1)...].prefix(while: isOfName)
      if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
    }
    return names
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }
}
