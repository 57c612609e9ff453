import PackagePlugin

/// Writes the text of every spec into one Swift file of the target.
@main
struct EmbedSpecs: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    // Everything but Swift, so that the package manager knows these files to be handled; the tool
    // itself leaves out what is not part of a spec.
    let files = module.sourceFiles.map(\.url).filter { $0.pathExtension != "swift" }
      .sorted { $0.path() < $1.path() }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSpecs.swift")
    let paths = [output, module.directoryURL] + files
    return [
      .buildCommand(
        displayName: "Embedding the provider specs",
        executable: try context.tool(named: "SpecEmbedder").url,
        arguments: paths.map { $0.path(percentEncoded: false) },
        inputFiles: files,
        outputFiles: [output])
    ]
  }
}
