/// Counts what a reader takes for one character.
enum GraphemeClusters {
  /// The number of extended grapheme clusters in a text.
  static func count(in text: ArraySlice<UInt8>) -> Int {
    String(decoding: text, as: UTF8.self).count
  }
}
