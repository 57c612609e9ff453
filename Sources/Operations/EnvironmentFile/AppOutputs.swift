import AppManifest
import Diagnostics
import Files
import JSON
import Platform
import ProviderModel

/// What the state knows of apps and resources.
struct AppOutputs {
  private let outputs: JSONNode?

  /// Reads what `terraform output -json` printed.
  ///
  /// - Throws: When that is something else.
  init(_ options: EnvironmentFileOptions) throws(OperationError) {
    guard let bytes = options.outputs else {
      outputs = nil
      return
    }
    // What stands in it is secret, so that no finding may quote it.
    var unshown = Diagnostics()
    let node = parseJSON(SourceFile(name: options.outputsName, bytes: bytes), into: &unshown)
    guard let node, !unshown.hasErrors, node.members != nil else {
      throw OperationError(
        "\(options.outputsName) is no JSON object",
        help: "Hand in what `terraform output -json` printed.")
    }
    outputs = node
  }

  /// A variable that an app's machine was given.
  func value(_ name: String, of app: String) -> String? {
    text(output("environments")?.member(app)?.member(name))
  }

  /// What a reference of an app's variable stands for.
  func value(of reference: ResourceReference, for name: String, of app: String) -> String? {
    // What the app's machine was given may be another output, such as that of a private network.
    value(name, of: app)
      ?? text(output("resources")?.member(reference.resource)?.member(reference.output))
  }

  /// An output of an app that is a text; nil where it has none.
  func text(_ name: String, ofApp app: String) -> String? {
    text(output("apps")?.member(app)?.member(name))
  }

  /// An output of an app that is a list of texts; empty where it has none.
  func texts(_ name: String, ofApp app: String) -> [String] {
    (output("apps")?.member(app)?.member(name)?.elements ?? []).compactMap(\.text)
  }

  /// Whether it holds anything.
  var isKnown: Bool { outputs != nil }

  private func text(_ node: JSONNode?) -> String? { node.map(Value.init)?.scalarText }

  private func output(_ name: String) -> JSONNode? { outputs?.member(name)?.member("value") }
}

extension EnvironmentFileOptions {
  /// With the outputs that the last apply kept, unless others are given.
  func withKeptOutputs(
    of project: Project
  ) throws(OperationError) -> EnvironmentFileOptions {
    guard outputs == nil else { return self }
    let path = try outputsPath(environment)
    var options = self
    options.outputs = try mapErrors { () throws(FileError) in try project.folder.read(path) }
    options.outputsName = path.text
    return options
  }
}
