package io.calque.testkit.fuzz;

import java.util.Arrays;
import java.util.List;

/** How a column is kept at its source. */
public enum Storage {
    PG_BOOLEAN(Place.POSTGRES, Family.BOOLEAN, "boolean"),
    PG_SMALLINT(Place.POSTGRES, Family.INTEGER, "smallint"),
    PG_INTEGER(Place.POSTGRES, Family.INTEGER, "integer"),
    PG_BIGINT(Place.POSTGRES, Family.INTEGER, "bigint"),
    PG_REAL(Place.POSTGRES, Family.DOUBLE, "real"),
    PG_DOUBLE(Place.POSTGRES, Family.DOUBLE, "double precision"),
    PG_NUMERIC(Place.POSTGRES, Family.DECIMAL, "numeric(14,2)"),
    PG_NUMERIC_FREE(Place.POSTGRES, Family.DECIMAL, "numeric"),
    PG_TEXT(Place.POSTGRES, Family.TEXT, "text"),
    PG_VARCHAR(Place.POSTGRES, Family.TEXT, "varchar(60)"),
    PG_UUID(Place.POSTGRES, Family.TEXT, "uuid"),
    PG_BYTEA(Place.POSTGRES, Family.BINARY, "bytea"),
    PG_DATE(Place.POSTGRES, Family.DATE, "date"),
    PG_TIME(Place.POSTGRES, Family.TIME, "time"),
    PG_TIMESTAMP(Place.POSTGRES, Family.TIMESTAMP, "timestamp"),
    PG_TIMESTAMPTZ(Place.POSTGRES, Family.INSTANT, "timestamptz"),

    LITE_BOOLEAN(Place.SQLITE, Family.BOOLEAN, "BOOLEAN"),
    LITE_INTEGER(Place.SQLITE, Family.INTEGER, "INTEGER"),
    LITE_BIGINT(Place.SQLITE, Family.INTEGER, "BIGINT"),
    LITE_REAL(Place.SQLITE, Family.DOUBLE, "REAL"),
    LITE_DECIMAL(Place.SQLITE, Family.DECIMAL, "DECIMAL(14, 2)"),
    LITE_TEXT(Place.SQLITE, Family.TEXT, "TEXT"),
    LITE_VARCHAR(Place.SQLITE, Family.TEXT, "VARCHAR(60)"),
    LITE_NOCASE(Place.SQLITE, Family.TEXT, "TEXT COLLATE NOCASE"),
    LITE_BLOB(Place.SQLITE, Family.BINARY, "BLOB"),
    LITE_DATE(Place.SQLITE, Family.DATE, "DATE"),
    LITE_TIME(Place.SQLITE, Family.TIME, "TIME"),
    LITE_DATETIME(Place.SQLITE, Family.TIMESTAMP, "DATETIME"),
    LITE_TIMESTAMPTZ(Place.SQLITE, Family.INSTANT, "TIMESTAMPTZ"),

    MONGO_BOOLEAN(Place.MONGO, Family.BOOLEAN, "bool"),
    MONGO_INT(Place.MONGO, Family.INTEGER, "int"),
    MONGO_LONG(Place.MONGO, Family.INTEGER, "long"),
    MONGO_INT_OR_LONG(Place.MONGO, Family.INTEGER, "int or long"),
    MONGO_DOUBLE(Place.MONGO, Family.DOUBLE, "double"),
    MONGO_INT_OR_DOUBLE(Place.MONGO, Family.DOUBLE, "int or double"),
    MONGO_DECIMAL(Place.MONGO, Family.DECIMAL, "decimal"),
    MONGO_INT_OR_DECIMAL(Place.MONGO, Family.DECIMAL, "int or decimal"),
    MONGO_STRING(Place.MONGO, Family.TEXT, "string"),
    MONGO_OBJECT_ID(Place.MONGO, Family.TEXT, "objectId"),
    MONGO_UUID(Place.MONGO, Family.TEXT, "UUID"),
    MONGO_STRING_OR_INT(Place.MONGO, Family.TEXT, "string or int"),
    MONGO_BINARY(Place.MONGO, Family.BINARY, "binData"),
    MONGO_DATE(Place.MONGO, Family.DATE, "date at midnight"),
    MONGO_TIMESTAMP(Place.MONGO, Family.TIMESTAMP, "date");

    private final Place place;
    private final Family family;
    private final String declared;

    Storage(Place place, Family family, String declared) {
        this.place = place;
        this.family = family;
        this.declared = declared;
    }

    public static List<Storage> in(Place place) {
        return Arrays.stream(values()).filter(s -> s.place == place).toList();
    }

    public Family family() {
        return family;
    }

    /** As the source's language declares it; for MongoDB, the BSON types. */
    public String declared() {
        return declared;
    }
}
