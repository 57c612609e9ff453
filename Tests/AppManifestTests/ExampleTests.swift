import AppManifest
import Diagnostics
import JSON
import Testing

@Suite struct ExampleTests {
  static let example = """
    {
    	"project": {
    		"name": "my-website"
    	},
    	"resources": [
    		{
    			"name": "db",
    			"type": "postgres",
    			"provider": "digitalocean",
    			"config": {
    				"size": "db-s-1vcpu-1gb",
    				"engine_version": "17",
    				"region": "nyc3"
    			}
    		}
    	],
    	"apps": [
    		{
    			"name": "cms",
    			"type": "payload",
    			"path": "services/cms",
    			"infra": {
    				"provider": "digitalocean",
    				"type": "vm",
    				"config": {
    					"size": "s-2vcpu-4gb",
    					"region": "nyc3"
    				}
    			},
    			"env": {
    				"production": [
    					{
    						"key": "DATABASE_URL",
    						"type": "from_resource",
    						"from": "resource:db:connection_url"
    					}
    				]
    			}
    		}
    	]
    }
    """

  @Test func readsWhatMistakesOfJSONLeave() throws {
    let (manifest, findings, _) = read("{\"project\": {\"name\": \"site\",},\n \"apps\": {}}")
    #expect(findings == ["error json.trailing-comma 1:28", "error manifest.wrong-type 2:2"])
    #expect(try #require(manifest).project.name.value == "site")
    #expect(read("{\"project\": ").manifest == nil)
    #expect(read("").findings == ["error json.empty 1:1"])
  }

  @Test func readsTheExample() throws {
    let (manifest, findings, _) = read(Self.example)
    #expect(findings == [])
    let read = try #require(manifest)
    #expect(read.project.name.value == "my-website")
    #expect(read.environments == ["production"])
    let cms = try #require(read.apps.first)
    #expect(cms.type.value == "vm")
    #expect(cms.appType?.value == "payload")
    #expect(cms.provider.value == "digitalocean")
    #expect(cms.path == "services/cms")
    #expect(cms.config?.member("size")?.text == "s-2vcpu-4gb")
    let db = try #require(read.resources.first)
    #expect(db.type.value == "postgres")
    #expect(db.config?.member("engine_version")?.text == "17")
    let variable = try #require(read.variables(of: cms, in: "production").first)
    #expect(variable.name.value == "DATABASE_URL")
    guard case .resource(let reference) = variable.source else {
      Issue.record("not a reference")
      return
    }
    #expect(reference.resource == "db")
    #expect(reference.output == "connection_url")
    #expect(read.file.text(reference.range) == #""resource:db:connection_url""#)
  }
}
