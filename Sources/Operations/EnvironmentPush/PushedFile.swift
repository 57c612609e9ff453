import Files

/// A file of variables on its way to a machine, and the keys of those who may log in there.
struct PushedFile {
  /// What a machine answered.
  struct Answer: Hashable {
    /// Whether the file is another now.
    var isChanged: Bool
    /// The digest of the file that the machine has now.
    var digest: String
    /// How many keys were added, and how many it has beside those that were brought.
    var addedKeys: Int
    var otherKeys: Int
  }

  let app: String
  let bytes: [UInt8]
  let keys: [String]
  /// Whether keys that aren't brought are removed.
  let removesOtherKeys: Bool

  var digest: String { Digest(of: bytes).hex }
  /// Where the app's service on the machine reads it (`cloud-init.yaml.tftpl`).
  var path: String { "/etc/apps/\(app).env" }

  /// What the machine reads: a line of what follows, the file, the keys.
  ///
  /// The digest isn't an argument, since short secrets could be guessed by it.
  var input: [UInt8] {
    Array("\(digest) \(bytes.count)\n".utf8) + bytes + keys.flatMap { Array("\($0)\n".utf8) }
  }

  /// The arguments of the script.
  var words: [String] { [app, removesOtherKeys ? "remove" : "keep"] }

  /// Codes with which the script ends by itself.
  enum Refusal: Int32 {
    case noFolder = 81
    case notWritable = 82
    case incomplete = 83
  }

  /// What the machine does.
  ///
  /// The file is whole and checked before it takes the old one's place by one rename, which its
  /// service notices. Keys are compared by lines.
  static let script = """
    set -eu
    umask 077
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    file=/etc/apps/$1.env
    [ -d /etc/apps ] || exit 81
    IFS=' ' read -r digest size
    new=$(mktemp "/etc/apps/.$1.env.XXXXXXXX") || exit 82
    keys=
    trap 'rm -f "$new" ${keys:+"$keys" "$keys.all"}' EXIT
    trap 'exit 1' HUP INT TERM
    sum() { sha256sum <"$1" | cut -c 1-64; }
    head -c "$size" >"$new"
    [ "$(sum "$new")" = "$digest" ] || exit 83
    added=0
    others=0
    known=$HOME/.ssh/authorized_keys
    if [ -f "$known" ]; then
      keys=$(mktemp "$HOME/.ssh/.authorized_keys.XXXXXXXX") || exit 82
      cat >"$keys"
      if [ -s "$keys" ]; then
        added=$(grep -cvxFf "$known" "$keys") || :
        others=$(grep -vxFf "$keys" "$known" | grep -c '^[^#]*[^#[:space:]]') || :
        if [ "$2" = remove ]; then
          cat "$keys" >"$keys.all"
          wanted=$((added + others))
        else
          { cat "$known"; [ -z "$(tail -c 1 "$known")" ] || echo; grep -vxFf "$known" "$keys" || :; } >"$keys.all"
          wanted=$added
        fi
        if [ "$wanted" -gt 0 ]; then mv -f "$keys.all" "$known"; fi
      fi
    fi
    state=unchanged
    if ! { cmp -s "$new" "$file" && [ "$(stat -c %a "$file")" = 600 ]; }; then
      sync "$new"
      mv -f "$new" "$file"
      state=changed
    fi
    echo "$state $(sum "$file") $added $others"
    """

  /// Reads what the script wrote; nil if it is something else.
  static func answer(_ output: String) -> Answer? {
    // Whatever the machine says at a log-in comes before.
    let words = output.split(separator: "\n").last?.split(separator: " ") ?? []
    guard words.count == 4, ["changed", "unchanged"].contains(words[0]),
      let digest = Digest(hex: String(words[1])), let added = Int(words[2]),
      let others = Int(words[3])
    else { return nil }
    return Answer(
      isChanged: words[0] == "changed", digest: digest.hex, addedKeys: added, otherKeys: others)
  }
}
