import ProviderModel
import TestSupport
import Testing

/// A default that was released stays where another one would replace what exists, remove it or
/// upgrade it: a later webkit must not do that to those who never chose.
@Suite struct FrozenDefaultTests {
  @Test func `every default that replaces is the recorded one`() throws {
    let text = recordedDefaults(catalog)
    report([try Golden.problem(of: text, in: "frozen-defaults.txt")].compactMap(\.self))
  }
}
