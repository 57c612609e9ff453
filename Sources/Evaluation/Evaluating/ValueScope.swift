/// What the names of an expression stand for.
public protocol ValueScope {
  /// The value of the first name of a reference, such as `var`, `local` or the type of a resource.
  ///
  /// Nil where there is no such name. A resource is `dynamic`; so is whatever isn't worked out.
  func value(ofRoot name: String) -> TypedValue?
}
