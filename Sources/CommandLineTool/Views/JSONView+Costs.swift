import Diagnostics
import Generation
import JSON
import Operations
import Platform
import ProviderModel

extension JSONView {
  func show(_ report: CostsReport) {
    show(report.diagnostics)
    guard let costs = report.costs else { return }
    if let differences = report.differences {
      for difference in differences {
        write(
          "cost-difference",
          [("environment", .string(difference.environment)), ("cost", self.costs(difference))])
      }
      return
    }
    for environment in costs.environments { show(environment) }
    write("cost", [("environment", .null), ("totals", amounts(costs.totals))])
  }

  private func show(_ environment: EnvironmentCost) {
    for item in environment.items { show(item, in: environment.name) }
    for charge in environment.charges {
      write(
        "cost-of-account",
        [
          ("environment", .string(environment.name)), ("provider", .string(charge.provider.name)),
          ("part", .string(charge.part)), ("items", .array(charge.items.map { .string($0) })),
          ("currency", .string(charge.amount.currency)),
          ("amount", JSONNode(.number(charge.amount.amount.text))),
          ("evidence", evidence(charge.evidence)),
        ])
    }
    write(
      "cost",
      [
        ("environment", .string(environment.name)), ("totals", amounts(environment.totals)),
        ("complete", .bool(!environment.items.contains(where: \.isIncomplete))),
      ])
  }

  private func show(_ item: ItemCost, in environment: String) {
    var (exemption, host): (JSONNode, JSONNode) = (.null, .null)
    switch item.exemption {
    case .existing: exemption = .string("existing")
    case .sharesMachine(let other): (exemption, host) = (.string("shares-machine"), .string(other))
    case nil: break
    }
    write(
      "cost-of-item",
      [
        ("environment", .string(environment)), ("item", .string(item.name)),
        ("role", .string(item.role.rawValue)), ("provider", .string(item.provider.name)),
        ("leaf", .string(item.type.name)), ("not_counted", exemption), ("host", host),
        ("complete", .bool(!item.isIncomplete)), ("amounts", amounts(item.amounts)),
        ("parts", .array(item.parts.map(part))),
      ])
  }

  private func part(_ part: PricePart) -> JSONNode {
    var gap: [(String, JSONNode)] = []
    switch part.gap {
    case .usage(let setting):
      gap = [("kind", .string("usage")), ("setting", setting.map { .string($0) } ?? .null)]
    case .missing(let rows):
      gap = [("kind", .string("missing")), ("rows", .array(rows.map { .string($0) }))]
    case .unknown: gap = [("kind", .string("unknown"))]
    case nil: break
    }
    return .object([
      ("part", .string(part.name)),
      ("currency", part.amount.map { .string($0.currency) } ?? .null),
      ("amount", part.amount.map { JSONNode(.number($0.amount.text)) } ?? .null),
      ("once", .bool(part.isOnce)), ("unpriced", gap.isEmpty ? .null : .object(gap)),
      ("evidence", evidence(part.evidence)),
    ])
  }

  /// What a change costs: `{"before": {"USD": 20}, "after": ..., "complete": true, "items": [...]}`.
  func costs(_ difference: CostDifference) -> JSONNode {
    .object([
      ("before", difference.before.map(amounts) ?? .null), ("after", amounts(difference.after)),
      ("complete", .bool(difference.isComplete)),
      (
        "items",
        .array(
          difference.rows.map { row in
            .object([
              ("item", .string(row.name)), ("before", amounts(row.before)),
              ("after", amounts(row.after)),
            ])
          })
      ),
    ])
  }

  private func amounts(_ amounts: [Money]) -> JSONNode {
    .object(amounts.map { ($0.currency, JSONNode(.number($0.amount.text))) })
  }

  private func evidence(_ evidence: [PriceEvidence]) -> JSONNode {
    .array(
      evidence.map { source in
        .object([
          ("confidence", .string(source.confidence)), ("as_of", .string(source.asOf)),
          ("source", source.source.map { .string($0) } ?? .null),
        ])
      })
  }
}
