import AppManifest
import Diagnostics
import ProviderModel

/// The order in which everybody keeps the place that they got, as far as that goes.
///
/// Newcomers take the places of those who left if that leaves none empty, else they come last:
/// behind an empty place everybody moves up, in the order that they had. Of `others`, who have no
/// need of a place, those that have one stay there.
func inPlace(_ names: [String], former: [String], others: [String] = []) -> [String] {
  var newcomers = names.filter { !former.contains($0) }[...]
  let stays = former.map { names.contains($0) || others.contains($0) }
  let areFilled = newcomers.count >= stays.filter { !$0 }.count
  var result: [String] = []
  for (name, stays) in zip(former, stays) {
    if stays {
      result.append(name)
    } else if areFilled, let newcomer = newcomers.popFirst() {
      result.append(newcomer)
    }
  }
  return result + newcomers
}

extension DeploymentResolver {
  /// A list of names in the order that earlier runs gave them, if that counts.
  func inPlace(_ value: Value, _ spec: VariableSpec, of index: Int) -> Value {
    guard let kept = spec.kept, let names = value.elements?.compactMap(\.stringValue) else {
      return value
    }
    let entry = entries[index]
    let keys = ([entry.name] + (entry.source?.was.map(\.value).reversed() ?? [])).map {
      "\(entry.leaf.module.role.rawValue)/\($0)"
    }
    guard let former = keys.lazy.compactMap({ self.made[$0] }).first,
      former.leaf == entry.leaf.module.callName
    else { return value }
    let others = kept.among.map { Evaluator(EntryScope(self, index)).value(of: $0) } ?? .null
    let places = Generation.inPlace(
      names, former: former.places[spec.name] ?? [],
      others: others.elements?.compactMap(\.stringValue) ?? [])
    return .list(places.map(Value.string))
  }
}

extension MemoryCheck {
  /// Refuses what moves somebody to a place at which something of another one stays.
  func checkPlaces(
    _ item: DeployedItem, _ made: MadeItem, into diagnostics: inout Diagnostics
  ) {
    for input in item.leaf.inputs {
      guard let kept = input.spec.kept, let former = made.places[input.spec.name] else { continue }
      let now = item.places[input.spec.name] ?? []
      let taken = zip(former, now).filter { $0 != $1 }.map { (former: $0, now: $1) }
      guard !taken.isEmpty else { continue }
      let isMoved = taken.contains { former.contains($0.now) }
      let left = former.filter { !now.contains($0) }
      diagnostics.append(
        isMoved
          ? .placesMove(item, taken, left, kept, inEnvironment, at: place(item))
          : .placesAreTaken(item, taken, kept, inEnvironment, at: place(item)))
    }
  }
}

extension Diagnostic {
  fileprivate static func placesMove(
    _ item: DeployedItem, _ taken: [(former: String, now: String)], _ left: [String],
    _ kept: VariableSpec.PlaceKeeping, _ place: String, at location: SourceLocation?
  ) -> Diagnostic {
    let changes = taken.map { "`\($0.now)` with that of `\($0.former)`" }
    return Diagnostic(
      .error, "replace.places",
      "Without \(listed(left, "and")), parts of `\(item.name)`\(place) would run with the \(kept.what) of others",
      at: location, detail: "The next apply would run \(changes.joined(separator: ", ")).",
      help:
        "\(kept.help) Then, or if it was never applied, run `webkit update --allow-replace \(item.name)`."
    )
  }

  fileprivate static func placesAreTaken(
    _ item: DeployedItem, _ taken: [(former: String, now: String)],
    _ kept: VariableSpec.PlaceKeeping, _ place: String, at location: SourceLocation?
  ) -> Diagnostic {
    let changes = taken.map { "`\($0.now)` begins with that of `\($0.former)`" }
    return Diagnostic(
      .warning, "generation.place-taken",
      "New parts of `\(item.name)`\(place) take the places of those that left, each with its \(kept.what)",
      at: location, detail: "\(changes.joined(separator: ", ")).",
      help:
        "For one that is the same with another name, that is right. Deploy any other right after the apply."
    )
  }
}
