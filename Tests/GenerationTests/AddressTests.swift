import ProviderModel
import TestSupport
import Testing

/// Addresses in Terraform are a contract: a changed one replaces what exists, unless the leaf
/// says `moved`.
@Suite struct AddressTests {
  @Test func `every address is the recorded one`() throws {
    let text = recordedAddresses(catalog)
    report([try Golden.problem(of: text, in: "addresses.txt")].compactMap(\.self))
  }
}
