import Generation
import Operations
import Platform

extension HumanView {
  func show(_ report: CostsReport) {
    show(report.diagnostics)
    guard let costs = report.costs else { return }
    if let differences = report.differences {
      return output.write(visible(CostDifference.lines(differences)))
    }
    output.write(visible(CostText(costs).lines))
  }
}
