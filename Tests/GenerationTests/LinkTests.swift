import Diagnostics
import Files
import Foundation
import Generation
import ProviderModel
import Testing

/// What joins items: a provider of its own, whose specs stand here.
@Suite struct LinkTests {
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
      "acme/vm.hcl",
      """
      module "vm" {
        serves      = "app"
        title       = "Machine"
        description = "Machine of an app"

        variable "location" {
          type        = string
          default     = "north"
          description = "Where it stands"
        }

        resource "acme_server" "this" {
          location = var.location
        }

        output "id" {
          value       = acme_server.this.id
          description = "Id of the machine"
        }
      }
      """
    ),
    (
      "acme/disk.hcl",
      """
      module "disk" {
        serves      = "resource"
        title       = "Disk"
        description = "Storage of a machine"

        variable "location" {
          type        = string
          from        = [config.location, refs.server.config.location]
          default     = "south"
          description = "Where it stands"
        }

        setting "server" {
          type        = string
          default     = null
          refers_to   = "vm"
          literal     = "^[0-9]+$"
          description = "App on whose machine it is mounted"
        }

        setting "readers" {
          type        = list(string)
          default     = []
          refers_to   = "vm"
          description = "Apps that may read it"
        }

        rule {
          condition = refs.server == null ? true : refs.server.config.location == var.location
          message   = "A disk and its machine must be in one location."
        }

        resource "acme_disk" "this" {
          location = var.location
        }

        output "id" {
          value       = acme_disk.this.id
          description = "Id of the disk"
        }
      }
      """
    ),
    (
      "acme/attachment.hcl",
      """
      module "attachment" {
        serves      = "link"
        title       = "Attachment"
        description = "Mounts a disk"

        each "resource" {
          of    = ["disk"]
          where = resource.config.server != null
        }

        variable "disk" {
          type        = string
          from        = resource.outputs.id
          description = "Disk"
        }
        variable "server" {
          type        = string
          from        = [refs.server.outputs.id, resource.config.server]
          description = "Machine"
        }
        variable "readers" {
          type        = list(string)
          from        = [for r in refs.readers : r.outputs.id]
          default     = []
          description = "Machines that may read it"
        }

        resource "acme_attachment" "this" {
          disk    = var.disk
          server  = var.server
          readers = var.readers
        }
      }
      """
    ),
  ]

  private func result(_ resources: String, was: String = "") -> Generated {
    let text = """
      {
        "project": { "name": "shop" },
        "resources": [\(resources)],
        "apps": [
          { "name": "web", \(was)"path": "web", "infra": { "provider": "acme", "type": "vm" } },
          {
            "name": "api", "path": "api",
            "infra": { "provider": "acme", "type": "vm", "config": { "location": "east" } }
          }
        ]
      }
      """
    return generated(Array(text.utf8), catalog: Catalog(files: Self.specs + backends))
  }

  private func text(_ tree: FileTree, _ path: String) throws -> String {
    String(decoding: try #require(tree["infra/" + path]), as: UTF8.self)
  }

  private func disk(_ name: String, _ config: String) -> String {
    #"{"name": "\#(name)", "type": "disk", "provider": "acme", "config": {\#(config)}}"#
  }

  @Test func `a setting that names an app is wired to its outputs`() throws {
    let tree = try result(disk("data", #""server": "api", "readers": ["web"]"#)).wholeTree()
    let router = try text(tree, "modules/links/main.tf")
    #expect(
      router.contains(
        "try(each.value.refs.server, null) == null ? try(each.value.config.server, null) : var.app_outputs[each.value.refs.server].id"
      ))
    #expect(router.contains("[for r in each.value.refs.readers : var.app_outputs[r].id]"))
    let data = try text(tree, "project.auto.tfvars.json")
    #expect(data.contains(#""server": "api""#))
    #expect(data.contains(#""location": "east""#))
  }

  @Test func `an id is taken as it is`() throws {
    let tree = try result(disk("data", #""server": "4711""#)).wholeTree()
    let data = try text(tree, "project.auto.tfvars.json")
    #expect(data.contains(#""server": "4711""#) && !data.contains(#""refs""#))
  }

  @Test func `nothing is joined where nothing is named`() throws {
    let tree = try result(disk("data", "")).wholeTree()
    #expect(tree["infra/modules/links/main.tf"] == nil)
  }

  @Test func `a name that leads nowhere is an error with the nearest one`() {
    let findings = result(disk("data", #""server": "wep""#)).text
    #expect(findings.contains("There is no Machine named `wep`"))
    #expect(findings.contains("Did you mean `web`?"))
  }

  @Test func `rules see what a setting names`() {
    let findings = result(disk("data", #""server": "api", "location": "west""#)).text
    #expect(findings.contains("A disk and its machine must be in one location"))
  }

  @Test func `settings are held to their types`() {
    let findings = result(disk("data", #""readers": {"a": 1}"#)).text
    #expect(findings.contains("`readers[0]` must be a string"))
  }
}
