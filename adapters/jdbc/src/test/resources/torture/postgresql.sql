-- What a PostgreSQL database can throw at introspection. Blocks are separated by empty lines and run in order; "-- since N" leaves a
-- block out on older servers; ${...} is filled in by the test.

CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE EXTENSION ltree;
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;
CREATE EXTENSION btree_gist;
CREATE EXTENSION bloom;

CREATE SCHEMA types;
CREATE SCHEMA structure;
CREATE SCHEMA keys;
CREATE SCHEMA other_keys;
CREATE SCHEMA indexes;
CREATE SCHEMA access;
CREATE SCHEMA stats;
CREATE SCHEMA nothing_in_it;
CREATE SCHEMA "Odd.Sch€ma ""x"" $1";

-- User types

CREATE TYPE types.mood AS ENUM ('sad', 'ok', 'happy', 'it''s "complicated", \really', 'größe');
CREATE TYPE types.address AS (street text, number int, "post code" varchar(10));
CREATE TYPE types.person AS (name text, home types.address, mood types.mood);
CREATE TYPE types.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE types."Odd ""Type"".Name" AS ENUM ('a', ' ', '');
CREATE TYPE types.shell;
CREATE DOMAIN types.positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN types.small_positive AS types.positive DEFAULT 7 CONSTRAINT small CHECK (VALUE < 100);
CREATE DOMAIN types.required AS types.small_positive NOT NULL;
CREATE DOMAIN types.price AS numeric(10, 2);
CREATE DOMAIN types.moods AS types.mood[];
CREATE DOMAIN types.code AS char(4) COLLATE "C";
COMMENT ON TYPE types.mood IS 'How one feels';
COMMENT ON DOMAIN types.price IS 'In euros';

-- Values of every type: the least, the greatest, the special, NULL

CREATE TABLE types.integers (id int PRIMARY KEY, s smallint, i integer, l bigint, b boolean);
INSERT INTO types.integers VALUES
  (1, -32768, -2147483648, -9223372036854775808, false),
  (2, 32767, 2147483647, 9223372036854775807, true),
  (3, 0, 0, 0, NULL),
  (4, NULL, NULL, NULL, NULL);

CREATE TABLE types.floats (id int PRIMARY KEY, r real, d double precision);
INSERT INTO types.floats VALUES
  (1, '-3.4028235e38', '-1.7976931348623157e308'),
  (2, '3.4028235e38', '1.7976931348623157e308'),
  (3, '1e-45', '5e-324'),
  (4, '-0', '-0'),
  (5, 'NaN', 'NaN'),
  (6, 'Infinity', 'Infinity'),
  (7, '-Infinity', '-Infinity'),
  (8, 0.1, 0.1),
  (9, NULL, NULL);

CREATE TABLE types.decimals (id int PRIMARY KEY, two numeric(5, 2), whole numeric(38), fraction numeric(38, 38), free numeric, free_whole numeric,
  never numeric, wide numeric(60, 20), price types.price, cash money);
INSERT INTO types.decimals VALUES
  (1, -999.99, -99999999999999999999999999999999999999, -0.99999999999999999999999999999999999999, -1234567890123456789012345678901234.5678,
    -99999999999999999999999999999999999999, NULL, -123456789012345678.12345678901234567890, -99999999.99, -92233720368547758.08),
  (2, 999.99, 99999999999999999999999999999999999999, 0.99999999999999999999999999999999999999, 1234567890123456789012345678901234.5678,
    99999999999999999999999999999999999999, NULL, 123456789012345678.12345678901234567890, 99999999.99, 92233720368547758.07),
  (3, 0, 0, 0, 0.5, 0, NULL, 0, 0, 0),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- since 15
CREATE TABLE types.scales (id int PRIMARY KEY, before_point numeric(3, -2), behind_point numeric(3, 5));
INSERT INTO types.scales VALUES (1, -99900, -0.00999), (2, 99900, 0.00999), (3, 0, 0), (4, NULL, NULL);

CREATE TABLE types.texts (id int PRIMARY KEY, t text, v varchar(10), c char(5), letter "char", n name, ci citext, code types.code,
  french text COLLATE "fr-x-icu", bytes text COLLATE "C");
INSERT INTO types.texts VALUES
  (1, '', '', '', '', '', '', '', '', ''),
  (2, 'a  ', 'a  ', 'a  ', 'a', 'a', 'A', 'a ', 'é', 'é'),
  (3, 'é😀' || chr(1) || E'\t\n\\"''', '😀😀😀😀😀😀😀😀😀😀', '😀😀😀😀😀', 'z', 'naïve', 'ÉTÉ', 'ÄÖÜß', 'côte', 'Z'),
  (4, repeat('0123456789', 1000), ' lead', ' x', ' ', repeat('n', 63), repeat('q', 300), '0000', chr(1114111), chr(65535)),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.bytes (id int PRIMARY KEY, b bytea, one bit, eight bit(8), many bit varying, few bit varying(3));
INSERT INTO types.bytes VALUES
  (1, '', B'0', B'00000000', B'', B''),
  (2, '\x00ff80', B'1', B'11111111', B'1010', B'101'),
  (3, decode(repeat('00ff', 5000), 'hex'), B'1', B'10000000', repeat('10', 100)::bit varying, B'0'),
  (4, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.moments (id int PRIMARY KEY, d date, t time, t3 time(3), tz timetz, ts timestamp, ts3 timestamp(3), ts0 timestamp(0),
  tstz timestamptz, tstz3 timestamptz(3), i interval, y interval year to month, s interval day to second(3));
INSERT INTO types.moments VALUES
  (1, '0001-01-01', '00:00', '00:00', '00:00+15:59', '0001-01-01', '0001-01-01', '0001-01-01', '0001-01-01 00:00+00', '0001-01-01 00:00+00',
    '-178000000 years', '-178956970 years', '-1 day'),
  (2, '9999-12-31', '23:59:59.999999', '23:59:59.999', '23:59:59.999999-15:59', '9999-12-31 23:59:59.999999', '9999-12-31 23:59:59.999',
    '9999-12-31 23:59:59', '9999-12-31 23:59:59.999999+00', '9999-12-31 23:59:59.999+00', '178000000 years', '178956970 years', '999 days 1.5 s'),
  (3, '1969-12-31', '12:34:56.7899', '12:34:56.789', '12:34:56.789+02', '1969-12-31 23:59:59.9999', '1969-12-31 23:59:59.999',
    '1969-12-31 23:59:59', '1969-12-31 23:59:59.9999+00', '1969-12-31 23:59:59.999+00', '1 mon -1 days +00:00:00.000001', '1-2', '00:00:00.123'),
  (4, '2024-02-29', '02:30', '02:30', '02:30-03:30', '2024-03-10 02:30', '2024-11-03 01:30', '1582-10-10', '2024-11-03 01:30-04', '1883-11-18 12:00-05',
    '0', '0', '0'),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.documents (id int PRIMARY KEY, j json, jb jsonb, jp jsonpath, x xml, v tsvector, q tsquery, h hstore, l ltree);
INSERT INTO types.documents VALUES
  (1, '{"b": 1, "a": [1, 2.50, "x"], "b": 2}', '{"b": 1, "a": [1, 2.50, "x"], "b": 2}', '$.a[*] ? (@ > 1)', '<a b="c">d</a>', 'the:1 quick:2A fox''s:3',
    'quick & !slow | fox:*', '"a b"=>"c\"d", e=>NULL', 'Top.Science.Astronomy'),
  (2, 'null', 'null', '$', '', '', '', '', ''),
  (3, '"\ud83d\ude00 \u0041"', '"\ud83d\ude00 \u0041"', 'strict $."k"', 'text', 'a', 'a', 'k=>v', 'a'),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.addresses (id int PRIMARY KEY, i inet, c cidr, m macaddr, m8 macaddr8, u uuid, o oid, x xid, lsn pg_lsn, class regclass, tid tid);
INSERT INTO types.addresses VALUES
  (1, '0.0.0.0', '0.0.0.0/0', '00:00:00:00:00:00', '00:00:00:00:00:00:00:00', '00000000-0000-0000-0000-000000000000', 0, '0', '0/0', 'pg_class', '(0,0)'),
  (2, '255.255.255.255/8', '10.0.0.0/8', 'ff-ff-ff-ff-ff-ff', 'ff:ff:ff:ff:ff:ff:ff:ff', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', 4294967295, '4294967295',
    'FFFFFFFF/FFFFFFFF', 'types.integers', '(4294967295,65535)'),
  (3, '2001:db8::1', '2001:db8::/32', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1, '1', '16/B374D848', NULL, NULL),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.shapes (id int PRIMARY KEY, p point, l line, s lseg, b box, open path, g polygon, c circle);
INSERT INTO types.shapes VALUES
  (1, '(1,2)', '{1,2,3}', '[(0,0),(1,1)]', '(2,2),(1,1)', '[(0,0),(1,1.5)]', '((0,0),(1,1),(1,0))', '<(0,0),1>'),
  (2, '(-1e300,Infinity)', '{1,-1,0}', '[(0,0),(0,0)]', '(0,0),(0,0)', '((0,0))', '((0,0))', '<(0.1,0.2),0>'),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.ranges (id int PRIMARY KEY, i int4range, l int8range, n numrange, ts tsrange, tz tstzrange, d daterange, f types.float_range);
INSERT INTO types.ranges VALUES
  (1, 'empty', 'empty', 'empty', 'empty', 'empty', 'empty', 'empty'),
  (2, '(,)', '(,)', '(,)', '(,)', '(,)', '(,)', '(,)'),
  (3, '[1,5]', '[-9223372036854775808,9223372036854775806]', '(0.5,NaN)', '[2024-01-01 00:00,infinity]', '[2024-01-01 00:00+01,2024-01-02 00:00+01)',
    '[2024-01-01,2024-12-31]', '[0.1,Infinity)'),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- since 14
CREATE TABLE types.multiranges (id int PRIMARY KEY, i int4multirange, d datemultirange, f types.float_multirange);
INSERT INTO types.multiranges VALUES
  (1, '{}', '{}', '{}'),
  (2, '{[1,3],[5,7)}', '{[2024-01-01,2024-01-31],(2024-06-01,)}', '{[1.5,2.5)}'),
  (3, NULL, NULL, NULL);

CREATE TABLE types.arrays (id int PRIMARY KEY, b boolean[], s smallint[], i integer[], l bigint[], r real[], f double precision[], n numeric(10, 2)[],
  free numeric[], t text[], v varchar(5)[], c char(3)[], x bytea[], d date[], tm time[], ts timestamp[], tz timestamptz[], u uuid[], j jsonb[],
  iv interval[], ip inet[], o oid[], ci citext[], cash money[]);
INSERT INTO types.arrays VALUES
  (1, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
  (2, '{t,f,NULL}', '{-32768,32767}', '{-2147483648,NULL,2147483647}', '{-9223372036854775808,9223372036854775807}', '{1.5,-0,NaN,Infinity,3.4028235e38}',
    '{0.1,-0,NaN,-Infinity,5e-324}', '{1.20,NULL,-99999999.99}', '{1,2.5,3.25}', ARRAY['', 'a,b', 'q"x', 'back\slash', 'NULL', NULL, '{}', 'é😀', ' '],
    '{abcde,"a "}', '{a,ab,abc}', ARRAY['\x00ff'::bytea, '\x', NULL], '{0001-01-01,9999-12-31}', '{23:59:59.999999,00:00}',
    '{"1969-12-31 23:59:59.9999","9999-12-31 23:59:59.999999"}', '{"2024-03-10 02:30:00.123+01","1883-11-18 12:00-05","0001-01-01 00:00+00"}',
    '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}', ARRAY['{"a": [1, "x"]}'::jsonb, 'null'::jsonb], '{"1 day","-1 mon"}', '{10.0.0.1,::1}', '{0,4294967295}',
    '{Abc,aBC}', '{-1.50,1234.56}'),
  (3, '[0:1]={t,f}', '{1}', '[5:6]={1,2}', '{1}', '{1}', '{1}', '{1}', '{1}', '{x}', '{x}', '{x}', '{x}', '{2024-02-29}', '{12:00}', '{2024-02-29}', '{2024-02-29}',
    NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE types.matrices (id int PRIMARY KEY, grid int[][], cube text[][][], small_ints int2vector, oids oidvector);
INSERT INTO types.matrices VALUES
  (1, '{{1,2},{3,4}}', '{{{a,b}},{{c,NULL}}}', '1 2 3', '4 5'),
  (2, '{}', '{}', '', ''),
  (3, NULL, NULL, NULL, NULL);

CREATE TABLE types.made (id int PRIMARY KEY, mood types.mood, home types.address, who types.person, p types.positive, small types.small_positive,
  moods types.mood[], moods_domain types.moods, positives types.positive[], prices types.price[], homes types.address[], odd types."Odd ""Type"".Name");
INSERT INTO types.made VALUES
  (1, 'sad', '("Main, ""St""",1,)', '(Ann,"(x,2,y)",happy)', 1, 1, '{sad,happy}', '{ok}', '{1,2147483647}', '{0.01,-99999999.99}', '{"(a,1,b)",NULL}', 'a'),
  (2, 'it''s "complicated", \really', '(,,)', '(,,)', 2147483647, 99, ARRAY['it''s "complicated", \really'::types.mood], '{}', '{}', '{}', '{}', ''),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- Values that no engine type can hold: one a row, so that the rest of the table can be told from it

CREATE TABLE types.special (id int PRIMARY KEY, n numeric, wide numeric(60, 20), d date, ts timestamp, tz timestamptz, t time, i int[], ns numeric[],
  tss timestamp[], floats numeric);
INSERT INTO types.special (id, n) VALUES (1, 'NaN'), (4, 1.5);
INSERT INTO types.special (id, wide) VALUES (10, 1234567890123456789012345678901234567890.12345678901234567890);
INSERT INTO types.special (id, d) VALUES (20, 'infinity'), (21, '-infinity'), (22, '0044-03-15 BC'), (23, '10000-01-01'), (24, '5874897-12-31');
INSERT INTO types.special (id, ts) VALUES (30, 'infinity'), (31, '-infinity'), (32, '4713-01-01 00:00:00 BC'), (33, '294276-12-31 23:59:59.999999');
INSERT INTO types.special (id, tz) VALUES (40, 'infinity'), (41, '-infinity'), (42, '4713-01-01 00:00:00+00 BC'), (43, '294276-12-31 23:59:59.999999+00');
INSERT INTO types.special (id, t) VALUES (50, '24:00');
INSERT INTO types.special (id, i) VALUES (60, '{{1,2},{3,4}}');
INSERT INTO types.special (id, ns) VALUES (61, '{NaN}'), (62, '{0.123456789012345}');
INSERT INTO types.special (id, tss) VALUES (63, '{infinity}'), (64, '{"0044-03-15 00:00:00 BC"}');
INSERT INTO types.special (id, floats) VALUES (70, 'NaN'), (71, 0.1);

-- since 14
INSERT INTO types.special (id, n) VALUES (2, 'Infinity'), (3, '-Infinity');

-- Structure

CREATE TABLE structure.measured (sensor int NOT NULL, at timestamptz NOT NULL, value numeric(8, 3), PRIMARY KEY (sensor, at)) PARTITION BY RANGE (at);
CREATE TABLE structure.measured_2023 PARTITION OF structure.measured FOR VALUES FROM ('2023-01-01 00:00+00') TO ('2024-01-01 00:00+00');
CREATE TABLE structure.measured_2024 PARTITION OF structure.measured FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00') PARTITION BY LIST (sensor);
CREATE TABLE structure.measured_2024_1 PARTITION OF structure.measured_2024 FOR VALUES IN (1);
CREATE TABLE other_keys.measured_2024_rest PARTITION OF structure.measured_2024 DEFAULT;
COMMENT ON TABLE structure.measured IS 'Partitioned by year, 2024 also by sensor';
INSERT INTO structure.measured SELECT g % 3, timestamptz '2023-06-01 00:00+00' + g * interval '10 days', g / 7.0 FROM generate_series(1, 50) AS g;

CREATE TABLE structure.hashed (id int PRIMARY KEY, label text NOT NULL) PARTITION BY HASH (id);
CREATE TABLE structure.hashed_0 PARTITION OF structure.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE structure.hashed_1 PARTITION OF structure.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO structure.hashed SELECT g, 'row ' || g FROM generate_series(1, 10) AS g;
CREATE TABLE structure.no_partitions (id int, kind text) PARTITION BY LIST (kind);

-- A key of a parent says nothing about the rows of its children, which a scan of the parent returns too
CREATE TABLE structure.cities (name text PRIMARY KEY, population int NOT NULL, elevation int CHECK (elevation > -500));
CREATE TABLE structure.coasts (coast text);
CREATE TABLE structure.capitals (state char(2) UNIQUE) INHERITS (structure.cities);
CREATE TABLE structure.harbour_capitals (depth int) INHERITS (structure.capitals, structure.coasts);
INSERT INTO structure.cities VALUES ('Vienna', 1, NULL), ('Graz', 2, 353);
INSERT INTO structure.capitals VALUES ('Vienna', 3, 151, 'AT');
INSERT INTO structure.harbour_capitals VALUES ('Oslo', 4, 23, 'NO', 'south', 10);
INSERT INTO structure.coasts VALUES ('north');

CREATE VIEW structure.big_cities (city, people) AS SELECT name, population FROM structure.cities WHERE population > 1;
CREATE VIEW structure.recursive_view AS WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n, n / 3.0 AS third FROM t;
CREATE VIEW structure.computed AS SELECT 1 AS one, 'x' AS letter, NULL AS nothing, now()::date AS today, ARRAY[1, 2] AS pair, CAST(ROW('s', 1, 'p') AS types.address) AS home;
CREATE VIEW structure.guarded WITH (security_barrier) AS SELECT id FROM structure.hashed;
COMMENT ON VIEW structure.big_cities IS 'More than one';
COMMENT ON COLUMN structure.big_cities.people IS 'Heads';
CREATE MATERIALIZED VIEW structure.totals AS SELECT sensor, sum(value) AS total, count(*) AS readings FROM structure.measured GROUP BY sensor;
CREATE UNIQUE INDEX ON structure.totals (sensor);
CREATE MATERIALIZED VIEW structure.unfilled AS SELECT sensor, sum(value) AS total FROM structure.measured GROUP BY sensor WITH NO DATA;

CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${port}', dbname '${database}');
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback OPTIONS (user '${user}', password '${password}');
CREATE FOREIGN TABLE structure.far_integers (id int OPTIONS (column_name 'id') NOT NULL, s smallint, i integer, l bigint, b boolean)
  SERVER loopback OPTIONS (schema_name 'types', table_name 'integers');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE structure.csv (id int, word text) SERVER files OPTIONS (filename '${csv}', format 'csv', header 'true');
COMMENT ON FOREIGN TABLE structure.csv IS 'A file on the server';

CREATE UNLOGGED TABLE structure.unlogged (id int);
CREATE TABLE structure.typed OF types.address (PRIMARY KEY (street));
CREATE TABLE structure.no_columns ();
CREATE TABLE structure.altered (gone int, a int NOT NULL, also_gone text, b text DEFAULT 'x');
CREATE INDEX altered_b ON structure.altered (b);
ALTER TABLE structure.altered DROP COLUMN gone, DROP COLUMN also_gone, ADD COLUMN c date DEFAULT '2024-01-01';
INSERT INTO structure.altered VALUES (1), (2);
CREATE TEMPORARY TABLE passing (id int);
CREATE SEQUENCE structure.numbers AS smallint START 5 INCREMENT 5;

CREATE TABLE structure.generated (always int GENERATED ALWAYS AS IDENTITY (START 100), by_default bigint GENERATED BY DEFAULT AS IDENTITY, serial serial,
  big bigserial, small smallserial, net numeric(10, 2), gross numeric(10, 2) GENERATED ALWAYS AS (net * 1.2) STORED,
  at timestamptz DEFAULT now(), word text DEFAULT 'it''s', number int DEFAULT nextval('structure.numbers'), flags int[] DEFAULT '{1,2}',
  mood types.mood DEFAULT 'ok', small_domain types.small_positive);
INSERT INTO structure.generated (net, at) VALUES (10, '2024-01-01 00:00+00'), (NULL, '2024-01-01 00:00+00');
COMMENT ON TABLE structure.generated IS E'Columns that fill themselves\nin two lines';
COMMENT ON COLUMN structure.generated.gross IS 'With "tax" of 20 %';

-- since 18
CREATE TABLE structure.computed_on_read (net numeric(10, 2), gross numeric(11, 2) GENERATED ALWAYS AS (net * 1.2) VIRTUAL, word text NOT NULL NO INHERIT);
INSERT INTO structure.computed_on_read VALUES (10, DEFAULT, 'x');

-- Keys

CREATE TABLE keys.countries (code char(2) PRIMARY KEY, name text NOT NULL UNIQUE, numeric_code int UNIQUE);
CREATE TABLE keys.regions (country char(2) REFERENCES keys.countries, number int, name text, PRIMARY KEY (number, country), UNIQUE (country, name));
CREATE TABLE keys.towns (id int PRIMARY KEY, region int, country char(2), twin int REFERENCES keys.towns,
  CONSTRAINT "town's region" FOREIGN KEY (country, region) REFERENCES keys.regions (country, number) MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE);
CREATE TABLE other_keys.mayors (id int PRIMARY KEY, town int NOT NULL, deputy int, country_name text REFERENCES keys.countries (name),
  FOREIGN KEY (town) REFERENCES keys.towns DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (deputy) REFERENCES other_keys.mayors ON DELETE CASCADE,
  UNIQUE (town) DEFERRABLE);
CREATE TABLE keys.bookings (room int, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE TABLE keys.unproven (id int, town int);
INSERT INTO keys.unproven VALUES (1, 99);
ALTER TABLE keys.unproven ADD CONSTRAINT unproven_town FOREIGN KEY (town) REFERENCES keys.towns NOT VALID;
CREATE TABLE keys.covering (id int, label text, PRIMARY KEY (id) INCLUDE (label));
INSERT INTO keys.countries VALUES ('AT', 'Austria', 40), ('NO', 'Norway', 578);
INSERT INTO keys.regions VALUES ('AT', 9, 'Vienna'), ('NO', 3, 'Oslo');
INSERT INTO keys.towns VALUES (1, 9, 'AT', 2), (2, 3, 'NO', 1), (3, NULL, NULL, NULL);
INSERT INTO other_keys.mayors VALUES (1, 1, NULL, 'Austria'), (2, 2, 1, NULL);

-- Different to PostgreSQL, the same to an engine that counts milliseconds
CREATE TABLE keys.ticks (at timestamp PRIMARY KEY, exact timestamptz(3) UNIQUE NOT NULL);
INSERT INTO keys.ticks VALUES ('2024-01-01 00:00:00.000001', '2024-01-01 00:00+00'), ('2024-01-01 00:00:00.000002', '2024-01-02 00:00+00');

-- since 15
CREATE TABLE keys.one_null (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));
INSERT INTO keys.one_null VALUES (NULL, NULL), (1, NULL);

-- since 18
CREATE TABLE keys.stays (room int, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
CREATE TABLE keys.breakfasts (id int PRIMARY KEY, room int, during daterange, town int,
  FOREIGN KEY (room, PERIOD during) REFERENCES keys.stays (room, PERIOD during));
ALTER TABLE keys.breakfasts ADD CONSTRAINT unenforced FOREIGN KEY (town) REFERENCES keys.towns NOT ENFORCED;

-- Indexes

CREATE TABLE indexes.every (id int PRIMARY KEY, a int, b text, c timestamptz, j jsonb, v tsvector, r int4range, t text[], p point, ip inet);
CREATE INDEX descending ON indexes.every (a DESC, b ASC NULLS FIRST, c DESC NULLS LAST);
CREATE INDEX partial ON indexes.every (a) WHERE b IS NOT NULL AND a > 10;
CREATE INDEX expression ON indexes.every (lower(b), (a + 1) DESC);
CREATE INDEX mixed ON indexes.every (a, (b || 'x'), c);
CREATE UNIQUE INDEX unique_partial ON indexes.every (b) WHERE a = 1;
CREATE UNIQUE INDEX unique_expression ON indexes.every (lower(b));
CREATE UNIQUE INDEX including ON indexes.every (a, b) INCLUDE (c, id);
CREATE INDEX hashed ON indexes.every USING hash (b);
CREATE INDEX inverted ON indexes.every USING gin (j jsonb_path_ops);
CREATE INDEX inverted_words ON indexes.every USING gin (v, t);
CREATE INDEX overlapping ON indexes.every USING gist (r, p);
CREATE INDEX prefixes ON indexes.every USING spgist (ip);
CREATE INDEX blocks ON indexes.every USING brin (c) WITH (pages_per_range = 4);
CREATE INDEX blooming ON indexes.every USING bloom (a, id);
CREATE INDEX patterns ON indexes.every (b text_pattern_ops);
CREATE INDEX other_order ON indexes.every (b COLLATE "fr-x-icu");
CREATE INDEX "Odd ""Index"" name" ON indexes.every (id, a);

-- Rights

CREATE TABLE access.rows_guarded (id int PRIMARY KEY, owner name, secret text);
ALTER TABLE access.rows_guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON access.rows_guarded USING (owner = current_user);
INSERT INTO access.rows_guarded VALUES (1, 'torture_reader', 'mine'), (2, 'postgres', 'theirs');
CREATE TABLE access.forced (id int);
ALTER TABLE access.forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE access.some_columns (id int PRIMARY KEY, shown text, hidden text, UNIQUE (shown, hidden));
INSERT INTO access.some_columns VALUES (1, 'seen', 'unseen');
CREATE TABLE access.closed (id int PRIMARY KEY);
GRANT USAGE ON SCHEMA access TO torture_reader;
GRANT SELECT ON access.rows_guarded TO torture_reader;
GRANT SELECT (id, shown) ON access.some_columns TO torture_reader;

-- Statistics

CREATE TABLE stats.skewed (id int PRIMARY KEY, often int, word text, day date, at timestamp, amount numeric(10, 2), flag boolean, spread double precision,
  empty text, tags text[], code char(4));
INSERT INTO stats.skewed SELECT g, CASE WHEN g % 4 < 3 THEN 7 ELSE g END,
  (ARRAY['plain', 'with, comma', 'with "quotes"', 'back\slash', '{braces}', '', 'NULL', 'é😀'])[1 + g % 8],
  date '2020-01-01' + g, timestamp '2020-01-01 00:00:00.5' + g * interval '1 hour', g / 100.0, g % 3 = 0, g * 1.5, NULL,
  CASE WHEN g % 2 = 0 THEN ARRAY['a', 'b,c'] END, 'c' || g % 2 FROM generate_series(1, 1000) AS g;
CREATE TABLE stats.grown (id int, note text);
INSERT INTO stats.grown SELECT g, CASE WHEN g % 2 = 0 THEN 'even' END FROM generate_series(1, 300) AS g;

-- Names

CREATE TABLE "Odd.Sch€ma ""x"" $1"."case" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."Case" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."CASE" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."select" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."with.dot" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."with$dollar$$" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."with ""quotes"" 'and' `others`" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"." spaces  inside " (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."line
break	tab" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."ünïcödé 名前 😀" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."; -- drop /* ? :a {fn now()} \ % _ * []" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1".a23456789_b23456789_c23456789_d23456789_e23456789_f23456789_xyz (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."éééééééééééééééééééééééééééééé😀" (n int);
CREATE TABLE "Odd.Sch€ma ""x"" $1"."1" (n int);

CREATE TABLE "Odd.Sch€ma ""x"" $1".columns ("id" int PRIMARY KEY, "ID" int, "Id" int, "a.b" int, "a$b" int, "a b" int, "a""b" int, "a'b" int, "a
b" int, "select" int, "from" int, "user" int, "null" int, "ünïcödé 名前 😀" int, "?" int, ":x" int, "{d '2024-01-01'}" int, "*" int, ";--/*" int, "\" int, "%_" int, " " int, "1" int,
  a23456789_b23456789_c23456789_d23456789_e23456789_f23456789_xyz int, "éééééééééééééééééééééééééééééé😀" int, "value" int, "timestamp" int, "a.b.c" int, "[0]" int, "EXPR$0" int);
INSERT INTO "Odd.Sch€ma ""x"" $1".columns VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
INSERT INTO "Odd.Sch€ma ""x"" $1"."case" VALUES (1);
INSERT INTO "Odd.Sch€ma ""x"" $1"."Case" VALUES (2);
INSERT INTO "Odd.Sch€ma ""x"" $1"."CASE" VALUES (3);
COMMENT ON COLUMN "Odd.Sch€ma ""x"" $1".columns."a""b" IS 'é "quoted" 😀';
CREATE INDEX "odd columns" ON "Odd.Sch€ma ""x"" $1".columns ("a""b", "a.b" DESC, ("ID" + "Id"));
ALTER TABLE "Odd.Sch€ma ""x"" $1".columns ADD CONSTRAINT "odd ""key""" UNIQUE ("a
b", "?");

ANALYZE;

INSERT INTO stats.grown SELECT g, 'late' FROM generate_series(301, 320) AS g;
