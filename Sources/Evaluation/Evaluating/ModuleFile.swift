/// What is known of a file that a function reads.
public enum ModuleFile: Sendable {
  /// There is none.
  case missing
  /// A folder stands there.
  case folder
  /// It is there, with these bytes.
  case bytes([UInt8])
  /// It is there, and probably rendered more than once.
  case template(TemplateText)
}
