backend "pg" {
  title          = "PostgreSQL"
  documentation  = "https://developer.hashicorp.com/terraform/language/backend/pg"
  aliases        = ["postgres", "postgresql"]
  state_argument = "schema_name"
  state          = "terraform_{project}_{environment}"
  place = ["schema_name"]
  upkeep = "Terraform makes the schema and its table by itself; the database has to be there. It keeps the last state alone: older ones are in the database's own backups, and in the copies that webkit keeps."
  secrets = {
    conn_str = "PG_CONN_STR"
  }
  ambient = ["PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGSSLMODE", "PGSSLROOTCERT"]

  setting "skip_schema_creation" {
    type        = bool
    default     = null
    description = "Take a schema that exists; the role may not make one"
  }
  setting "skip_table_creation" {
    type        = bool
    default     = null
    description = "Take a table that exists"
  }
  setting "skip_index_creation" {
    type        = bool
    default     = null
    description = "Take an index that exists"
  }

  rule {
    condition = length(state) <= 63
    message   = "PostgreSQL cuts the names of schemas behind 63 characters, so that two could become one"
  }
}
