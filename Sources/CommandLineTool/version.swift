/// The version of webkit.
public let webkitVersion = "0.1.0"
