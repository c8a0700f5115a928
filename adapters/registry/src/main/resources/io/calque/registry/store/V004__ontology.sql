-- What the words of a business mean, as people wrote it down. A row is one entry with all that it says; its key is what an edit replaces.

CREATE TABLE ontology_entries (
  entry_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  entry_key TEXT NOT NULL,
  entry_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  valid_from INTEGER NOT NULL REFERENCES versions,
  valid_to INTEGER REFERENCES versions
) STRICT;

CREATE UNIQUE INDEX ontology_entries_current ON ontology_entries (kind, entry_key) WHERE valid_to IS NULL;
