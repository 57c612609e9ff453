import Operations
import Platform

extension HumanView {
  func show(_ report: CostsReport) {
    show(report.diagnostics)
    guard let costs = report.costs else { return }
    output.write(visible(CostText(costs).lines))
  }
}
