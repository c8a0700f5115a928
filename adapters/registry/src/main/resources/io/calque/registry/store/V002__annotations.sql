-- What introspection did not see at first (user types, samples), what is inferred across sources, and what people say of it
-- all. Versions now tell who made them, so that a stale edit can be told whose work it would have undone.

ALTER TABLE versions ADD COLUMN author TEXT NOT NULL DEFAULT '';

ALTER TABLE column_statistics ADD COLUMN samples TEXT;

CREATE TABLE user_types (
  type_row INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  type_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  base_type TEXT,
  is_nullable INTEGER NOT NULL,
  default_value TEXT,
  checks TEXT,
  labels TEXT,
  attributes TEXT,
  comment TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX user_types_current ON user_types (source, schema_name, type_name) WHERE valid_to IS NULL;

CREATE TABLE relationships (
  relationship_id INTEGER PRIMARY KEY,
  from_source TEXT NOT NULL,
  from_schema TEXT NOT NULL,
  from_table TEXT NOT NULL,
  from_columns TEXT NOT NULL,
  to_source TEXT NOT NULL,
  to_schema TEXT NOT NULL,
  to_table TEXT NOT NULL,
  to_columns TEXT NOT NULL,
  cardinality TEXT NOT NULL,
  confidence REAL NOT NULL,
  evidence TEXT NOT NULL,
  state TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX relationships_current ON relationships (
  from_source, from_schema, from_table, from_columns, to_source, to_schema, to_table, to_columns
) WHERE valid_to IS NULL;

-- Overrides, tags and owners. They name objects as introspection does, not by row, so that they outlive the rows.
CREATE TABLE annotations (
  annotation_id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  schema_name TEXT,
  table_name TEXT,
  column_name TEXT,
  aspect TEXT NOT NULL,
  label TEXT NOT NULL,
  value TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX annotations_current ON annotations (
  source, ifnull(schema_name, ''), ifnull(table_name, ''), ifnull(column_name, ''), aspect, label
) WHERE valid_to IS NULL;
