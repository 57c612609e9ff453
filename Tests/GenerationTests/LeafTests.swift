import Diagnostics
import Files
import Foundation
import Generation
import ProviderModel
import Testing

/// What is emitted and checked of a leaf: a provider of its own, whose specs stand here.
@Suite struct LeafTests {
  private static let specs = [
    (
      "acme/provider.hcl",
      """
      provider "acme" {
        title   = "Acme"
        source  = "acme/acme"
        version = "~> 1.0"
      }
      """
    ),
    (
      "acme/disk.hcl",
      """
      module "disk" {
        serves      = "resource"
        title       = "Disk"
        description = "Storage"

        variable "format" {
          type        = string
          default     = "ext4"
          description = "File system"
        }
        variable "label" {
          type        = string
          default     = null
          description = "Label of the file system"
        }
        variable "parts" {
          type        = map(object({ limits = optional(object({ size = number })) }))
          default     = {}
          description = "Parts of the disk by name"
        }
        variable "key" {
          type        = string
          from        = try(secret.disk_keys[item.name], null)
          default     = null
          sensitive   = true
          description = "Key of the disk"
        }

        secret "disk_keys" {
          type        = map(string)
          environment = ["DISK_KEYS"]
          description = "Keys of disks by name"
        }

        rule {
          condition = var.label == null || var.format != "raw"
          message   = "A raw disk has no label"
        }
        rule {
          condition = var.format != "xfs" || var.label != "long"
          message   = "The label is too long"
        }

        resource "acme_disk" "this" {
          format = var.format
          label  = var.label
          key    = var.key

          dynamic "part" {
            for_each = var.parts
            content {
              name = part.key
              dynamic "limit" {
                for_each = part.value.limits[*]
                content {
                  size = limit.value.size
                }
              }
            }
          }
        }
      }
      """
    ),
    (
      "acme/schema.json",
      """
      {"format_version": "1.0", "provider_schemas": {"registry.terraform.io/acme/acme": {
        "provider": {"version": 0, "block": {}},
        "resource_schemas": {"acme_disk": {"version": 0, "block": {
          "attributes": {
            "format": {"type": "string", "optional": true}, "label": {"type": "string", "optional": true},
            "key": {"type": "string", "optional": true, "sensitive": true}},
          "block_types": {"part": {"nesting_mode": "list", "block": {
            "attributes": {"name": {"type": "string", "required": true}},
            "block_types": {"limit": {"nesting_mode": "list", "block": {
              "attributes": {"size": {"type": "number", "required": true}}}}}}}}}}},
        "data_source_schemas": {}}}}
      """
    ),
    (
      "acme/constraints.json",
      """
      {"provider": {}, "data_sources": {}, "resources": {"acme_disk": {"attributes": {
        "part": {"type": "TypeList", "block": {"limit": {"type": "TypeList", "block": {
          "size": {"one_of": "[80 443]", "type": "TypeInt"}}}}}}}}}
      """
    ),
  ]

  private func result(_ config: String) -> Generated {
    let text = """
      {
        "project": { "name": "shop" },
        "resources": [{ "name": "data", "type": "disk", "provider": "acme", "config": \(config) }]
      }
      """
    return generated(Array(text.utf8), catalog: Catalog(files: Self.specs + backends))
  }

  private func text(_ path: String) throws -> String {
    let tree = try result("{}").wholeTree()
    return String(decoding: try #require(tree["infra/" + path]), as: UTF8.self)
  }

  @Test func `rules over the same variables ask for each other in no circle`() throws {
    let variables = try text("providers/acme/disk/variables.tf")
    let blocks = variables.components(separatedBy: "\nvariable ")
    let format = try #require(blocks.first { $0.hasPrefix("\"format\"") })
    let label = try #require(blocks.first { $0.hasPrefix("\"label\"") })
    #expect(label.contains("A raw disk has no label."))
    #expect(label.contains("The label is too long."))
    #expect(!format.contains("validation"))
  }

  @Test func `a secret may be a map, of which each item gets its own`() throws {
    #expect(try text("variables.tf").contains(#"type        = map(string)"#))
    #expect(
      try text("modules/resources/main.tf").contains("try(var.disk_keys[each.key], null)"))
  }

  @Test func `numbers are held against numbers, in objects of a map too`() throws {
    let variables = try text("providers/acme/disk/variables.tf")
    #expect(variables.contains("contains([80, 443], v.limits.size)"))
    #expect(result(#"{ "parts": { "a": { "limits": { "size": 80 } } } }"#).hasTree)
    let bad = result(#"{ "parts": { "a": { "limits": { "size": 81 } } } }"#)
    let words = "`parts.a.limits.size` can't be `81`"
    #expect(bad.diagnostics.items.contains { $0.summary.contains(words) })
  }
}

extension Generated {
  fileprivate var hasTree: Bool { !diagnostics.items.contains { $0.severity == .error } }
}
