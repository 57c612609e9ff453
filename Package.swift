// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "webkit",
  products: [.executable(name: "webkit", targets: ["webkit"])],
  targets: [
    // Sources with ranges, findings about them, and how these are shown.
    module("Diagnostics", []),
    // Relative paths, trees of files in memory, line differences.
    module("Files", []),
    // Independent work on all cores.
    module("Parallelism", []),
    // HCL's native syntax: tokens, tree, parser, printer.
    module("HCL", ["Diagnostics"]),
    // JSON with source ranges, and an ordered printer.
    module("JSON", ["Diagnostics"]),
    // Provider specs: values, types, evaluator, reader, analyses.
    module("ProviderModel", ["Diagnostics", "HCL", "JSON", "Parallelism"]),
    // What Terraform decides about an expression before it knows any resource.
    module("Evaluation", ["Diagnostics", "Files", "HCL", "JSON", "ProviderModel"]),
    // app.json as one model, whatever its spelling.
    module("AppManifest", ["Diagnostics", "JSON"]),
    // Typed Terraform blocks, lowered to HCL.
    module("Terraform", ["HCL"]),
    // Trees of Terraform, compared with what Terraform would say of them.
    module(
      "Checking",
      ["Diagnostics", "Evaluation", "Files", "HCL", "JSON", "Parallelism", "ProviderModel"]),
    // Manifest and catalog to the tree of files.
    module(
      "Generation",
      [
        "AppManifest", "Diagnostics", "Evaluation", "Files", "HCL", "JSON", "Parallelism",
        "ProviderModel", "Terraform",
      ]),
    // What is made for who writes specs: drafts, documentation.
    module("SpecTools", ["Diagnostics", "HCL", "JSON", "ProviderModel"]),
    // The provider specs, embedded as text by the plugin.
    .target(
      name: "ProviderSpecs", path: "ProviderSpecs", plugins: [.plugin(name: "EmbedSpecs")]),
    // Files, terminal, environment: the only effects.
    module("Platform", ["Files"]),
    // Use cases: init, update, validate.
    module(
      "Operations",
      [
        "AppManifest", "Checking", "Diagnostics", "Evaluation", "Files", "Generation", "HCL",
        "JSON", "Parallelism", "Platform", "ProviderModel", "ProviderSpecs", "SpecTools",
      ]),
    // Arguments, commands and what they show.
    module(
      "CommandLineTool",
      [
        "AppManifest", "Diagnostics", "Files", "Generation", "JSON", "Operations", "Platform",
        "ProviderModel",
        "SpecTools",
      ]),
    .executableTarget(
      name: "webkit", dependencies: ["CommandLineTool"], path: "Sources/webkit",
      linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(name: "SpecEmbedder", path: "Sources/SpecEmbedder"),
    .plugin(
      name: "EmbedSpecs", capability: .buildTool(), dependencies: ["SpecEmbedder"],
      path: "Sources/EmbedSpecs"),
    // What tests of several modules need.
    .target(
      name: "TestSupport",
      dependencies: ["AppManifest", "Diagnostics", "Files", "Generation", "Operations"],
      path: "Tests/TestSupport"),
    // Throughput and robustness of HCL, for scripts/hcl-throughput.sh and hcl-robustness.sh.
    .executableTarget(
      name: "HCLBenchmark", dependencies: ["Diagnostics", "HCL"], path: "Tests/HCLBenchmark"),
    // Speed of checking and large trees, for scripts/check-throughput.sh and check-robustness.sh.
    .executableTarget(
      name: "CheckBenchmark",
      dependencies: [
        "AppManifest", "Checking", "Diagnostics", "Evaluation", "Files", "Generation", "HCL",
        "Operations", "ProviderModel", "ProviderSpecs",
      ], path: "Tests/CheckBenchmark"),
    tests("Files", []),
    tests("Parallelism", []),
    tests(
      "Checking",
      ["Diagnostics", "Evaluation", "Files", "HCL", "Operations", "Platform", "TestSupport"]),
    tests("Platform", ["Files"]),
    tests(
      "Operations",
      [
        "AppManifest", "Checking", "Diagnostics", "Files", "Generation", "HCL", "JSON",
        "Platform", "ProviderModel", "Terraform", "TestSupport",
      ]),
    tests(
      "CommandLineTool",
      ["JSON", "Diagnostics", "Operations", "Platform", "ProviderModel", "TestSupport"]),
    tests("HCL", ["Diagnostics"]),
    tests("JSON", ["Diagnostics"]),
    tests("AppManifest", ["Diagnostics", "JSON"]),
    tests("ProviderModel", ["Diagnostics", "HCL", "JSON", "ProviderSpecs"]),
    tests(
      "SpecTools", ["Diagnostics", "HCL", "JSON", "ProviderModel", "ProviderSpecs", "TestSupport"]),
    tests("Evaluation", ["Diagnostics", "HCL", "JSON", "ProviderModel", "ProviderSpecs"]),
    tests("Terraform", ["Diagnostics", "HCL"]),
    tests("Diagnostics", []),
    tests(
      "Generation",
      [
        "AppManifest", "Diagnostics", "Files", "HCL", "JSON", "ProviderModel", "ProviderSpecs",
        "TestSupport",
      ]),
    // The rules of the house that the package manager doesn't check.
    .testTarget(name: "ArchitectureTests"),
  ],
  swiftLanguageModes: [.v6]
)

/// A library target of the product, in the folder of its name.
func module(_ name: String, _ dependencies: [String]) -> Target {
  .target(name: name, dependencies: dependencies.map { .byName(name: $0) })
}

/// The tests of a module.
func tests(_ name: String, _ dependencies: [String]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: ([name] + dependencies).map { .byName(name: $0) })
}

// The module's documentation is no source.
for target in package.targets where target.name == "HCL" { target.exclude = ["README.md"] }

for target in package.targets where target.type != .plugin {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
  ]
}
