-- The catalog with its whole history. A row is valid from version valid_from up to, not including, valid_to; a row whose
-- valid_to is NULL is current. Unchanged tables keep their rows, so versions share them.

CREATE TABLE versions (
  version INTEGER PRIMARY KEY,
  published_at TEXT NOT NULL,
  cause TEXT NOT NULL
) STRICT;

CREATE TABLE sources (
  source_row INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  product TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX sources_current ON sources (source) WHERE valid_to IS NULL;

-- Not versioned: how the last attempts went says nothing about the shape of the data.
CREATE TABLE source_health (
  source TEXT PRIMARY KEY,
  attempted_at TEXT NOT NULL,
  observed_at TEXT,
  last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE tables (
  table_id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  table_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  comment TEXT NOT NULL,
  facts TEXT,
  fingerprint TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX tables_current ON tables (source, schema_name, table_name) WHERE valid_to IS NULL;

CREATE TABLE columns (
  table_id INTEGER NOT NULL REFERENCES tables,
  position INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  path TEXT,
  data_type TEXT NOT NULL,
  native_type TEXT NOT NULL,
  is_nullable INTEGER NOT NULL,
  default_value TEXT,
  generation TEXT NOT NULL,
  comment TEXT NOT NULL,
  facts TEXT,
  PRIMARY KEY (table_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  table_id INTEGER NOT NULL REFERENCES tables,
  key_number INTEGER NOT NULL,
  key_name TEXT NOT NULL,
  is_primary INTEGER NOT NULL,
  PRIMARY KEY (table_id, key_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_columns (
  table_id INTEGER NOT NULL,
  key_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  PRIMARY KEY (table_id, key_number, position),
  FOREIGN KEY (table_id, key_number) REFERENCES keys
) STRICT, WITHOUT ROWID;

CREATE TABLE foreign_keys (
  table_id INTEGER NOT NULL REFERENCES tables,
  key_number INTEGER NOT NULL,
  key_name TEXT NOT NULL,
  target_source TEXT NOT NULL,
  target_schema TEXT NOT NULL,
  target_table TEXT NOT NULL,
  PRIMARY KEY (table_id, key_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE foreign_key_columns (
  table_id INTEGER NOT NULL,
  key_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  target_column TEXT NOT NULL,
  PRIMARY KEY (table_id, key_number, position),
  FOREIGN KEY (table_id, key_number) REFERENCES foreign_keys
) STRICT, WITHOUT ROWID;

CREATE TABLE indexes (
  table_id INTEGER NOT NULL REFERENCES tables,
  index_number INTEGER NOT NULL,
  index_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  is_unique INTEGER NOT NULL,
  condition TEXT NOT NULL,
  PRIMARY KEY (table_id, index_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_columns (
  table_id INTEGER NOT NULL,
  index_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  is_expression INTEGER NOT NULL,
  is_descending INTEGER NOT NULL,
  PRIMARY KEY (table_id, index_number, position),
  FOREIGN KEY (table_id, index_number) REFERENCES indexes
) STRICT, WITHOUT ROWID;

CREATE TABLE nested_tables (
  table_id INTEGER PRIMARY KEY REFERENCES tables,
  collection_schema TEXT NOT NULL,
  collection_table TEXT NOT NULL,
  parent_schema TEXT NOT NULL,
  parent_table TEXT NOT NULL,
  arrays TEXT NOT NULL
) STRICT;

CREATE TABLE statistics (
  statistics_id INTEGER PRIMARY KEY,
  table_id INTEGER NOT NULL REFERENCES tables,
  row_count REAL,
  measured_at TEXT,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE INDEX statistics_table ON statistics (table_id);

CREATE TABLE column_statistics (
  statistics_id INTEGER NOT NULL REFERENCES statistics,
  column_name TEXT NOT NULL,
  distinct_count REAL,
  null_fraction REAL,
  min_value TEXT,
  max_value TEXT,
  average_bytes REAL,
  most_common TEXT,
  histogram TEXT,
  PRIMARY KEY (statistics_id, column_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
  view_id INTEGER PRIMARY KEY,
  view_name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  sql TEXT NOT NULL,
  column_names TEXT NOT NULL,
  search_path TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_at TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX views_current ON views (folded_name) WHERE valid_to IS NULL;

CREATE TABLE changes (
  version INTEGER NOT NULL REFERENCES versions,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  impact TEXT NOT NULL,
  source TEXT,
  schema_name TEXT,
  table_name TEXT,
  object_name TEXT,
  description TEXT NOT NULL,
  PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;
