import Generation
import Platform

extension EngineVariables {
  /// Adds what reaching the state needs.
  mutating func add(_ state: StateAccess, from given: Environment) {
    for (name, value) in state.variables { values[name] = given.text(name) ?? value }
    for setting in state.settings {
      if let value = setting.source.value(in: given) {
        stateSettings.append("\(setting.name)=\(value)")
      } else {
        missingForState.append(setting.source)
      }
    }
    // Halves of two pairs would only be refused, in words that say little.
    let chosen = state.ways.firstIndex { $0.isBegun(in: given) }
    if let chosen { add(state.ways[chosen], from: given) }
    // What the engine looks for by itself must not meet keys of another's.
    guard chosen == nil || chosen == state.ways.count - 1 else { return }
    let ambient = state.ambientVariables.filter { given.text($0) != nil }
    for name in ambient { values[name] = given[name] }
    if chosen == nil, ambient.isEmpty { missingForState += state.merged }
  }

  private mutating func add(_ way: [RunNeeds.Credential], from given: Environment) {
    for credential in way {
      if let value = credential.value(in: given), let name = credential.names.first {
        values[credential.engineName ?? name] = value
      } else if !credential.isOptional {
        missingForState.append(credential)
      }
    }
  }
}

extension RunNeeds.Credential {
  fileprivate func value(in given: Environment) -> String? {
    names.lazy.compactMap(given.text).first
  }
}

extension [RunNeeds.Credential] {
  /// Whether something of it is given that isn't a mere addition.
  fileprivate func isBegun(in given: Environment) -> Bool {
    let counts = allSatisfy(\.isOptional) ? self : filter { !$0.isOptional }
    return counts.contains { $0.value(in: given) != nil }
  }
}

extension StateAccess {
  /// What is needed, with the names of all ways.
  fileprivate var merged: [RunNeeds.Credential] {
    documented.filter { !$0.isOptional }.map { credential in
      var credential = credential
      let others = ways.joined().filter { $0.engineName == credential.engineName }
      credential.names = others.flatMap(\.names)
      return credential
    }
  }
}
