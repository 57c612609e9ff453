/// The kinds of files that are formatted.
enum FormattedKinds {
  /// The ends of their names: Terraform's, and those that OpenTofu adds, which nobody has who
  /// doesn't use it.
  static let suffixes = [
    ".tf", ".tfvars", ".tftest.hcl", ".tfmock.hcl", ".tfquery.hcl", ".tofu", ".tofutest.hcl",
  ]

  /// Whether a name is that of a file to format.
  static func contains(_ name: String) -> Bool {
    suffixes.contains {
      name.utf8.count >= $0.utf8.count && name.utf8.suffix($0.utf8.count).elementsEqual($0.utf8)
    }
  }

  /// Whether a name in a folder is passed over: hidden ones, and those that editors leave behind.
  static func ignores(_ name: String) -> Bool {
    let bytes = name.utf8
    let isLeftover = bytes.first == UInt8(ascii: "#") && bytes.last == UInt8(ascii: "#")
    return bytes.first == UInt8(ascii: ".") || bytes.last == UInt8(ascii: "~") || isLeftover
  }
}
