import AppManifest
import ProviderModel

/// The README of the tree, and what git has to ignore.
struct ReadmeEmitter {
  let stack: Stack
  let backend: ResolvedBackend

  func emit(into tree: inout ProjectTree) {
    tree.add(["README.md", ".gitignore"]) { add(to: &$0) }
  }

  private func add(to tree: inout ProjectTree) {
    tree.add("README.md", text: readme(directory: tree.directory))
    tree.add(
      ".gitignore",
      text: """
        # \(ProjectTree.header)
        .terraform/
        state/
        *.tfstate
        *.tfstate.*
        *.tfplan
        *.secret.tfvars
        *.secret.tfvars.json
        crash.log
        crash.*.log

        """)
  }

  private func readme(directory: String) -> String {
    let project = stack.manifest.project
    var text = "<!-- \(ProjectTree.header) -->\n\n"
    text += "# Infrastructure of \(escaped(project.title ?? project.name.value))\n\n"
    text += "Plain Terraform, complete as it stands: nothing else is needed to apply it.\n\n"
    text += "## Commands\n\n"
    for environment in stack.environments { text += commands(environment, directory) }
    if backend.unlocked != nil {
      text += "**Nothing locks the state: never let two of these run at once.**\n\n"
    }
    if let note = backend.spec.note { text += note + "\n\n" }
    text += "Keep `.terraform.lock.hcl` in git; state and plans are ignored.\n\n"
    text += variables
    text += "## What is where\n\n" + layout + "\n"
    text += "## Graph\n\n" + graph
    text += SettingsTables(stack: stack).text
    return text
  }

  private var engine: String {
    stack.manifest.settings.engine?.value == .opentofu ? "tofu" : "terraform"
  }

  private func commands(_ environment: String, _ directory: String) -> String {
    let title = environment.prefix(1).uppercased() + environment.dropFirst()
    let access = backend.access(stack.environments, stack.catalog)
    let exports = access.variables.sorted { $0.key < $1.key }.map { "\nexport \($0)=\($1)" }
    let settings = access.settings.map { setting in
      " -backend-config=\"\(setting.name)=$\(setting.source.names.joined())\""
    }
    return """
      ### \(title)

      ```sh
      cd \(directory)
      export TF_DATA_DIR=.terraform/\(environment)\(exports.joined())
      \(engine) init -backend-config=environments/\(environment).tfbackend\(settings.joined())
      \(engine) plan -var-file=environments/\(environment).tfvars.json -out=\(environment).tfplan
      \(engine) apply \(environment).tfplan
      ```


      """
  }

  // MARK: - Variables to export

  private var variables: String {
    var rows: [(String, String)] = []
    let needs = stack.needs(backend)
    for credential in needs.credentials + needs.state.documented
      + needs.state.settings.map(\.source) where !credential.isOptional
    {
      rows.append((credential.names.first ?? "", credential.description))
    }
    for secret in usedSecrets(stack.leaves) {
      rows.append(("TF_VAR_\(secret.name)", secret.description + ", where they are needed"))
    }
    let secrets = secretNames
    if !secrets.isEmpty {
      rows.append(
        (
          "TF_VAR_secrets",
          "Secrets of the apps, as in `{\"app\":{\"VARIABLE\":\"value\"}}`; at most 128 KiB, and `${` is written `$${`"
        ))
    }
    guard !rows.isEmpty else { return "" }
    var text = "## Variables to export\n\n| variable | what it is |\n|---|---|\n"
    for (name, description) in rows { text += "| `\(name)` | \(cell(description)) |\n" }
    text += "\n"
    if !secrets.isEmpty {
      text += "Secrets that the apps need, and that `plan`, `apply` and `destroy` want:\n\n"
      for name in secrets { text += "- \(name)\n" }
      text += """

        More than an environment variable holds, or secrets with `${` and `%{` in them, can stand in a file
        `<environment>.secret.tfvars.json` as `{"secrets": {"app": {"VARIABLE": "value"}}}`, which git ignores:
        add `-var-file` with its name, and keep it readable by yourself alone (`chmod 600`).


        """
    }
    return text
  }

  /// `app/VARIABLE`, with the environments where not all need it.
  private var secretNames: [String] {
    var environments: [String: [String]] = [:]
    for deployment in stack.deployments {
      for item in deployment.items(.app) {
        for variable in item.variables {
          guard case .secret = variable.source else { continue }
          environments["\(item.name)/\(variable.name)", default: []].append(deployment.environment)
        }
      }
    }
    return environments.sorted { $0.key < $1.key }.map { name, list in
      list.count == stack.environments.count
        ? "`\(name)`" : "`\(name)` in \(list.joined(separator: ", "))"
    }
  }

  // MARK: - Layout

  private var layout: String {
    var rows = [
      ("main.tf", "what is called, and with what"),
      ("project.auto.tfvars.json", "the project's data, which all environments share"),
      ("environments/", "the backend of each environment, and what it overrides"),
    ]
    for router in stack.routers {
      rows.append(
        (
          "modules/\(router.rawValue)/",
          router == .monitoring
            ? "calls one module for each kind of check and notification"
            : "calls one module for each type of its \(router.rawValue)"
        ))
    }
    for leaf in stack.leaves { rows.append((leaf.module.folder + "/", leaf.module.title)) }
    var text = "| path | what it holds |\n|---|---|\n"
    for (path, what) in rows { text += "| `\(path)` | \(cell(what)) |\n" }
    return text
  }

  // MARK: - Graph

  private var graph: String {
    let graph = GraphBuilder.items(stack.deployments, title: stack.manifest.project.name.value)
    guard !graph.nodes.isEmpty else { return "Nothing is deployed yet.\n" }
    return "```mermaid\n\(graph.mermaid(hasColumns: false))```\n"
  }

  // MARK: - Text

  private func cell(_ text: String) -> String { text.tableCell }

  /// A text of the manifest on one line, with nothing that Markdown or HTML would take for its own.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}", "\t": result += " "
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "|", "~", "!":
        result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }
}

extension String {
  /// A text of ours as a cell of a Markdown table.
  var tableCell: String {
    var result = ""
    for character in self {
      switch character {
      case "|": result += "\\|"
      case "<": result += "&lt;"
      default: result.append(character)
      }
    }
    return result
  }
}
