-- What a SQLite file can throw at introspection. Blocks are separated by empty lines and run in order; the schema "other" is attached.

PRAGMA foreign_keys = OFF;

-- Declared types against stored ones

CREATE TABLE declared (id INTEGER PRIMARY KEY, i INT, tiny TINYINT, big "UNSIGNED BIG INT", b BOOLEAN, r REAL, d DOUBLE PRECISION, f FLOAT,
  n NUMERIC, two DECIMAL(10,2), whole DECIMAL(5), money MONEY, t TEXT, v VARCHAR(3), nv NVARCHAR(20), c CHAR(5), clob CLOB, x BLOB, dt DATE, tm TIME,
  ts TIMESTAMP, dtm DATETIME, tz "TIMESTAMP WITH TIME ZONE", j JSON, no_type, point "FLOATING POINT", odd "STRING", uuid UUID);
INSERT INTO declared VALUES (-9223372036854775808, -9223372036854775808, -128, -9223372036854775808, 0, -1.7976931348623157e308, -0.0, 5e-324,
  -12345678901234567, -99999999.99, -99999, -0.01, '', '', '', '', '', x'', '0001-01-01', '00:00', '0001-01-01', '0001-01-01 00:00:00', '0001-01-01T00:00Z',
  'null', 1, 1, '', '');
INSERT INTO declared VALUES (9223372036854775807, 9223372036854775807, 127, 9223372036854775807, 1, 1.7976931348623157e308, 9e999, 0.1,
  12345678901234567, 99999999.99, 99999, 9999999.99, 'é😀', 'longer than declared', 'ß', 'ab   ', 'x', x'00ff', '9999-12-31', '23:59:59.999',
  '9999-12-31 23:59:59.999', '9999-12-31T23:59:59.999Z', '9999-12-31 23:59:59.999Z', '{"a": [1, 2.5]}', 2, 2, 'x', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11');
INSERT INTO declared VALUES (0, 0, 0, 0, NULL, 1, -9e999, -9e999, 0.1, 0.1, 1, 1, char(1) || char(10) || '"''\', 'a', NULL, NULL, NULL, NULL, '1969-12-31', '12:34:56.7891',
  '1969-12-31 23:59:59.9999', '2024-02-29 12:30', '2024-02-29 12:30:59', NULL, NULL, NULL, NULL, NULL);
INSERT INTO declared (id) VALUES (1);

CREATE TABLE affinities (id INTEGER PRIMARY KEY, int_text INTEGER, text_int TEXT, real_int REAL, num NUMERIC(10,3), any_mixed, day_text DATE, day_time DATE, flags BOOLEAN);
INSERT INTO affinities VALUES (1, '42', 42, 7, '1.50', 1, '2024-02-29', '2024-02-29 00:00:00', '1'), (2, 3.0, 4.5, '8', 2, 2.5, NULL, NULL, 0), (3, NULL, NULL, NULL, NULL, 'text', NULL, NULL, NULL);

CREATE TABLE undeclared (only_int, only_real, int_and_real, only_text, only_blob, only_null, everything_but_blob);
INSERT INTO undeclared VALUES (9223372036854775807, 1.5, 1, 'a', x'00', NULL, 1), (NULL, -0.0, 2.5, 'é😀', x'ff', NULL, 'one'), (0, 1e300, NULL, '', x'', NULL, 1.5);

CREATE TABLE kept_as_numbers (id INTEGER PRIMARY KEY, seconds INTEGER, millis INTEGER, julian REAL, day INTEGER);
INSERT INTO kept_as_numbers VALUES (1, 0, 0, 2440587.5, 86400), (2, -62135596800, -62135596800000, 1721425.5, -62135596800), (3, 253402300799.999, 253402300799999, 2460369.75, 0),
  (4, NULL, NULL, NULL, NULL);

-- Values that a column's type cannot hold, one a row

CREATE TABLE special (id INTEGER PRIMARY KEY, i INTEGER, r REAL, n DECIMAL(5,2), b BOOLEAN, t TEXT, x BLOB, d DATE, tm TIME, ts DATETIME, anything);
INSERT INTO special (id, i) VALUES (1, 'abc'), (2, 1.5), (3, x'00'), (4, 1e30);
INSERT INTO special (id, r) VALUES (10, 'abc'), (11, x'00');
INSERT INTO special (id, n) VALUES (20, 'abc'), (21, 12345.678), (22, 9e999), (23, 1.005), (24, 1e15);
INSERT INTO special (id, b) VALUES (30, 2), (31, 'yes');
INSERT INTO special (id, t) VALUES (40, x'00ff'), (41, 'a' || char(0) || 'b');
INSERT INTO special (id, x) VALUES (50, 'text'), (51, 7);
INSERT INTO special (id, d) VALUES (60, '2024-02-30'), (61, '29.02.2024'), (62, '2024-02-29 12:00'), (63, 20240229), (64, '0000-01-01'), (65, '10000-01-01'), (66, '');
INSERT INTO special (id, tm) VALUES (70, '24:00'), (71, '12:60'), (72, 12);
INSERT INTO special (id, ts) VALUES (80, '2024-02-29 12:00:00+01:00'), (81, 1709164800), (82, 2460369.5), (83, 'now'), (84, '-0044-03-15');
INSERT INTO special (id, anything) VALUES (90, x'00'), (91, 'text');

-- Tables

CREATE TABLE strict_types (i INT, id INTEGER, r REAL, t TEXT NOT NULL, x BLOB, a ANY, PRIMARY KEY (i, t)) STRICT;
INSERT INTO strict_types VALUES (1, 2, 3, '4', x'05', 6), (2, NULL, NULL, '', NULL, 'text'), (3, 1, 1.5, 'x', x'', 2.5);

CREATE TABLE without_rowid (b TEXT, a INTEGER, note, PRIMARY KEY (a DESC, b)) WITHOUT ROWID;
INSERT INTO without_rowid VALUES ('x', 1, NULL), ('y', 1, 'n');
CREATE TABLE strict_without_rowid (word TEXT PRIMARY KEY, n INT DEFAULT 7) STRICT, WITHOUT ROWID;
INSERT INTO strict_without_rowid VALUES ('a', 1), ('b', NULL);

CREATE TABLE implicit_key (note TEXT);
CREATE TABLE alias_key (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT);
CREATE TABLE no_alias_key (id INT PRIMARY KEY, note TEXT);
CREATE TABLE descending_key (id INTEGER PRIMARY KEY DESC, note TEXT);
CREATE TABLE composite_key (b INTEGER, a TEXT, c REAL, PRIMARY KEY (a, b), UNIQUE (c, a));
INSERT INTO implicit_key VALUES ('a'), ('b');
INSERT INTO alias_key (note) VALUES ('a'), ('b');
INSERT INTO no_alias_key VALUES (1, 'a'), (NULL, 'b'), (NULL, 'c');
INSERT INTO descending_key VALUES (1, 'a'), (NULL, 'b');
INSERT INTO composite_key VALUES (1, 'a', 1.5), (NULL, 'a', 2), (NULL, 'a', NULL);

-- Different to SQLite, the same to an engine that reads them as dates and decimals
CREATE TABLE spelled_key (day DATE PRIMARY KEY NOT NULL, amount DECIMAL(5,2) NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE) WITHOUT ROWID;
INSERT INTO spelled_key VALUES ('2024-01-01', 1.001, 'a'), ('2024-01-01 00:00', 1.002, 'b');

CREATE TABLE generated (net DECIMAL(10,2), gross DECIMAL(10,2) GENERATED ALWAYS AS (net * 2) STORED, label TEXT AS ('n' || net) VIRTUAL,
  word TEXT DEFAULT 'it''s', at DATETIME DEFAULT CURRENT_TIMESTAMP, number INT DEFAULT (1 + 2), quoted TEXT DEFAULT "x y", blob BLOB DEFAULT x'00');
INSERT INTO generated (net, at) VALUES (10.25, '2024-01-01 00:00:00'), (NULL, '2024-01-01 00:00:00');

CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'porter');
INSERT INTO words VALUES ('Hello', 'a running fox'), ('Bye', 'it ran');
CREATE VIRTUAL TABLE boxes USING rtree(id, min_x, max_x, min_y, max_y, +label TEXT);
INSERT INTO boxes VALUES (1, 0.5, 1.5, -1, 1, 'first'), (2, 0, 0, 0, 0, NULL);
CREATE VIRTUAL TABLE word_list USING fts5vocab('words', 'row');

-- Views

CREATE VIEW plain_view AS SELECT id, t, two FROM declared WHERE id <> 1;
CREATE VIEW named_view (a, "b c") AS SELECT i, t FROM strict_types;
CREATE VIEW computed_view AS SELECT count(*) AS rows, max(two) AS most, group_concat(t, '|') AS texts, 1.5 AS half, NULL AS no_value, x'00' AS bytes FROM declared;
CREATE VIEW broken_view AS SELECT * FROM gone_table;
CREATE VIEW recursive_view AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n;

-- Keys

CREATE TABLE parents (id INTEGER PRIMARY KEY, code TEXT UNIQUE, a INT, b INT, UNIQUE (a, b));
CREATE TABLE children (id INTEGER PRIMARY KEY, parent REFERENCES parents, PARENT_CODE TEXT REFERENCES Parents (CODE), x INT, y INT, self INTEGER,
  FOREIGN KEY (x, y) REFERENCES parents (a, b) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (self) REFERENCES children, FOREIGN KEY (x) REFERENCES gone_table (id), FOREIGN KEY (y) REFERENCES parents (gone_column));
CREATE TABLE pairs_parent (a INT, b INT, PRIMARY KEY (b, a));
CREATE TABLE pairs_child (a INT, b INT, FOREIGN KEY (b, a) REFERENCES pairs_parent);
INSERT INTO parents VALUES (1, 'one', 1, 1), (2, 'two', NULL, NULL);
INSERT INTO children VALUES (1, 1, 'one', 1, 1, NULL), (2, 99, NULL, NULL, NULL, 1);

-- Indexes and collations

CREATE TABLE indexed (id INTEGER PRIMARY KEY, a INT, b TEXT, no_case TEXT COLLATE NOCASE UNIQUE, trailing TEXT COLLATE RTRIM, c REAL);
CREATE INDEX descending ON indexed (a DESC, b ASC);
CREATE INDEX partial ON indexed (a) WHERE b IS NOT NULL AND a > 10;
CREATE UNIQUE INDEX unique_partial ON indexed (b) WHERE a = 1;
CREATE INDEX expression ON indexed (lower(b), a + 1 DESC);
CREATE UNIQUE INDEX unique_expression ON indexed (abs(id), b);
CREATE INDEX other_order ON indexed (b COLLATE NOCASE, no_case COLLATE BINARY);
CREATE UNIQUE INDEX "odd ""index"" WHERE" ON indexed (a, "b" /* where */) WHERE c > 0 -- the end
;
INSERT INTO indexed WITH RECURSIVE g(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM g WHERE value < 100)
  SELECT value, value % 10, 'word ' || (value % 97), 'Case' || value, 'x' || value || substr('   ', 1, value % 3), NULL FROM g;

-- Names

CREATE TABLE "Select" (n INT);
CREATE TABLE "with.dot" (n INT);
CREATE TABLE "with$dollar" (n INT);
CREATE TABLE "with ""quotes"" 'and' `others` [x]" (n INT);
CREATE TABLE " spaces  inside " (n INT);
CREATE TABLE "line
break	tab" (n INT);
CREATE TABLE "ünïcödé 名前 😀" (n INT);
CREATE TABLE "; -- drop /* ? :a {fn now()} \ % _ *" (n INT);
CREATE TABLE "1" (n INT);
CREATE TABLE a23456789_b23456789_c23456789_d23456789_e23456789_f23456789_g23456789_h23456789 (n INT);

CREATE TABLE columns ("id" INTEGER PRIMARY KEY, "a.b" INT, "a$b" INT, "a b" INT, "a""b" INT, "a'b" INT, "a
b" INT, "select" INT, "from" INT, "user" INT, "null" INT, "ünïcödé 名前 😀" INT, "?" INT, ":x" INT, "{d '2024-01-01'}" INT, "*" INT, ";--/*" INT, "\" INT, "%_" INT, " " INT, "1" INT,
  "rowid" INT, "oid" INT, "a.b.c" INT, "[0]" INT, "EXPR$0" INT, "value" INT, "with COLLATE NOCASE" INT);
INSERT INTO columns VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
CREATE INDEX "odd columns" ON columns ("a""b", "a.b" DESC);
INSERT INTO "with.dot" VALUES (1);
INSERT INTO "with ""quotes"" 'and' `others` [x]" VALUES (2);

CREATE TABLE other.declared (id INTEGER PRIMARY KEY, only_there TEXT);
INSERT INTO other.declared VALUES (1, 'there');
CREATE TABLE other.children (id INTEGER PRIMARY KEY, parent INT REFERENCES declared (id));
CREATE VIEW other.seen AS SELECT only_there FROM declared;
CREATE TABLE other."odd.name" (n INT);

-- Statistics

CREATE TABLE skewed (id INTEGER PRIMARY KEY, often INT, word TEXT, flag BOOLEAN, day DATE);
INSERT INTO skewed WITH RECURSIVE g(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM g WHERE value < 1000)
  SELECT value, CASE WHEN value % 4 < 3 THEN 7 ELSE value END, 'word ' || (value % 8), value % 3 = 0, date('2020-01-01', value || ' days') FROM g;
CREATE INDEX skewed_often ON skewed (often);
CREATE INDEX skewed_word_often ON skewed (word, often);

ANALYZE;
