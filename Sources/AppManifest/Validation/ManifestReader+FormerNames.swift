import Diagnostics

extension ManifestReader {
  /// Checks that what items were called leads to one item each, in one step.
  ///
  /// Terraform follows moves to their end: of two at once, from `a` to `b` and from `b` to `c`, it
  /// makes one.
  mutating func checkFormerNames(_ manifest: Manifest) {
    let items = manifest.apps + manifest.resources
    var claims: [String: (item: Item, name: Located<String>)] = [:]
    for item in items {
      var own: Set<String> = []
      for was in item.was {
        if !own.insert(was.value).inserted {
          error("manifest.was", "`\(was.value)` stands twice in `was`", at: was.range)
        } else if was.value == item.name.value {
          error(
            "manifest.was", "`\(was.value)` is what the item is called now", at: was.range,
            help: "Write what it was called before, or remove `was`.")
        } else if let other = items.first(where: { $0.name.value == was.value }) {
          reportTaken(was, of: item, by: other)
        } else if let first = claims[was.value] {
          error(
            "manifest.was", "Two items claim to have been `\(was.value)`", at: was.range,
            detail: "What is in the state can only become one of them.",
            help: "Remove one `was`; that item is then made anew.",
            notes: [note("`\(first.item.name.value)` is the other", first.name.range)])
        } else {
          claims[was.value] = (item, was)
        }
      }
    }
  }

  /// Reports a former name that is a name as well.
  private mutating func reportTaken(
    _ was: Located<String>, of item: Item, by other: Item
  ) {
    let (old, new) = (was.value, item.name.value)
    let place = [note("`\(old)` is here", other.name.range)]
    let isSwap = other.was.contains { $0.value == new }
    if isSwap {
      // One report for both halves.
      if item.name.range.start > other.name.range.start { return }
      error(
        "manifest.was", "`\(old)` and `\(new)` can't change names at once", at: was.range,
        detail: "Terraform would find each in the other's place.",
        help:
          "Take two steps: give one of them a third name with `was`, update and apply every environment; then rename both, each from the name that it has by then.",
        notes: place)
    } else if let former = other.was.first {
      error(
        "manifest.was",
        "`\(former.value)` can't become `\(old)` while `\(old)` becomes `\(new)`", at: was.range,
        detail: "Terraform would follow both moves, from `\(former.value)` to `\(new)`.",
        help:
          "Take two steps: rename `\(old)` to `\(new)` alone, update, apply every environment and remove its `was`; then rename `\(former.value)`.",
        notes: place)
    } else {
      error(
        "manifest.was", "`\(old)` is the name of an item that is still here", at: was.range,
        detail: "`was` says what this item was called before it was renamed.",
        help:
          "If the other `\(old)` is new, take two steps: leave it out until the rename is applied in every environment and `was` is removed; then add it.",
        notes: place)
    }
  }
}
