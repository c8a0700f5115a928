-- How queries fared at the sources, beside how introspection did: a source may answer one and not the other.

ALTER TABLE source_health ADD COLUMN read_at TEXT;
ALTER TABLE source_health ADD COLUMN read_failed_at TEXT;
ALTER TABLE source_health ADD COLUMN read_error TEXT;
