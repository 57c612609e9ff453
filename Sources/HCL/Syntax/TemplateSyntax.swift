/// `"text ${x} %{ if y }z%{ endif }"`.
public struct Template: Hashable, Sendable {
  /// Most templates are nothing but text, which needs no array.
  private enum Content: Hashable, Sendable {
    case text(String)
    case parts([TemplatePart])

    init(_ parts: [TemplatePart]) {
      switch parts.count {
      case 0: self = .text("")
      case 1:
        if case .literal(let text) = parts[0] { self = .text(text) } else { self = .parts(parts) }
      default: self = .parts(parts)
      }
    }
  }

  private var content: Content
  /// Where it stood.
  public var origin: Origin

  /// Makes a template.
  public init(_ parts: [TemplatePart], origin: Origin = Origin()) {
    content = Content(parts)
    self.origin = origin
  }

  /// Makes a template of text.
  public init(text: String, origin: Origin = Origin()) {
    content = .text(text)
    self.origin = origin
  }

  /// The parts in order; two literals never follow each other.
  public var parts: [TemplatePart] {
    get {
      switch content {
      case .text(let text): text.isEmpty ? [] : [.literal(text)]
      case .parts(let parts): parts
      }
    }
    set { content = Content(newValue) }
  }

  /// The text, where the template is nothing but text.
  public var literalText: String? {
    if case .text(let text) = content { text } else { nil }
  }
}

/// A piece of a template.
public enum TemplatePart: Hashable, Sendable {
  /// Text, without escapes.
  case literal(String)
  /// `${x}`
  case interpolation(Interpolation)
  /// `%{ if x }a%{ else }b%{ endif }`
  indirect case ifDirective(TemplateIf)
  /// `%{ for x in y }a%{ endfor }`
  indirect case forDirective(TemplateFor)
}

/// The `~` on either side of a template sequence.
public struct StripMarkers: Hashable, Sendable {
  /// `${~`.
  public var left: Bool
  /// `~}`.
  public var right: Bool

  /// Makes markers.
  public init(left: Bool = false, right: Bool = false) {
    self.left = left
    self.right = right
  }
}

/// `${x}`.
public struct Interpolation: Hashable, Sendable {
  /// The expression.
  public var expression: Expression
  /// The `~` markers.
  public var strip: StripMarkers

  /// Makes an interpolation.
  public init(_ expression: Expression, strip: StripMarkers = StripMarkers()) {
    self.expression = expression
    self.strip = strip
  }
}

/// `%{ if x }a%{ else }b%{ endif }`.
public struct TemplateIf: Hashable, Sendable {
  /// The condition.
  public var condition: Expression
  /// What stands behind it.
  public var then: [TemplatePart]
  /// What stands behind `else`; nil without one.
  public var otherwise: [TemplatePart]?
  /// The markers of `if`.
  public var ifStrip: StripMarkers
  /// The markers of `else`.
  public var elseStrip: StripMarkers
  /// The markers of `endif`.
  public var endStrip: StripMarkers

  /// Makes a directive.
  public init(
    _ condition: Expression, then: [TemplatePart], otherwise: [TemplatePart]? = nil,
    ifStrip: StripMarkers = StripMarkers(), elseStrip: StripMarkers = StripMarkers(),
    endStrip: StripMarkers = StripMarkers()
  ) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.ifStrip = ifStrip
    self.elseStrip = elseStrip
    self.endStrip = endStrip
  }
}

/// `%{ for k, v in x }a%{ endfor }`.
public struct TemplateFor: Hashable, Sendable {
  /// The name of the key, where two names are given.
  public var key: String?
  /// The name of the value.
  public var value: String
  /// What is walked.
  public var collection: Expression
  /// What stands inside.
  public var body: [TemplatePart]
  /// The markers of `for`.
  public var forStrip: StripMarkers
  /// The markers of `endfor`.
  public var endStrip: StripMarkers

  /// Makes a directive.
  public init(
    key: String? = nil, value: String, in collection: Expression, body: [TemplatePart],
    forStrip: StripMarkers = StripMarkers(), endStrip: StripMarkers = StripMarkers()
  ) {
    self.key = key
    self.value = value
    self.collection = collection
    self.body = body
    self.forStrip = forStrip
    self.endStrip = endStrip
  }
}

/// `<<EOT ... EOT` or `<<-EOT ... EOT`.
public struct Heredoc: Hashable, Sendable {
  /// The word that ends it.
  public var marker: String
  /// Whether the common indentation doesn't count (`<<-`).
  public var isIndented: Bool
  /// The parts; of an indented one without the common indentation.
  ///
  /// Each line ends with `\n`.
  public var parts: [TemplatePart]
  /// Where it stood.
  public var origin: Origin

  /// Makes a heredoc.
  public init(
    marker: String = "EOT", isIndented: Bool = true, _ parts: [TemplatePart],
    origin: Origin = Origin()
  ) {
    self.marker = marker
    self.isIndented = isIndented
    self.parts = parts
    self.origin = origin
  }
}
