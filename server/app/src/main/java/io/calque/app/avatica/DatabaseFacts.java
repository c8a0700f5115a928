package io.calque.app.avatica;

import java.sql.Connection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** What Calque says of itself to Avatica's clients. */
final class DatabaseFacts {
    static final String PRODUCT = "Calque";
    static final String VERSION = "0.1.0";

    static final Map<DatabaseProperty, Object> PROPERTIES = properties();

    private DatabaseFacts() {}

    private static Map<DatabaseProperty, Object> properties() {
        Map<DatabaseProperty, Object> facts = new EnumMap<>(DatabaseProperty.class);
        for (DatabaseProperty property : DatabaseProperty.values()) {
            facts.put(property, property.defaultValue);
        }
        facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, PRODUCT);
        facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, VERSION);
        facts.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, 0);
        facts.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, 1);
        facts.put(DatabaseProperty.GET_DRIVER_NAME, "Avatica client");
        facts.put(DatabaseProperty.GET_DRIVER_VERSION, "any");
        facts.put(DatabaseProperty.GET_DRIVER_MAJOR_VERSION, 0);
        facts.put(DatabaseProperty.GET_DRIVER_MINOR_VERSION, 1);
        facts.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_READ_COMMITTED);
        facts.put(
                DatabaseProperty.GET_NUMERIC_FUNCTIONS, "ABS,CEILING,EXP,FLOOR,LN,MOD,POWER,ROUND,SIGN,SQRT,TRUNCATE");
        facts.put(
                DatabaseProperty.GET_STRING_FUNCTIONS,
                "CHAR_LENGTH,CONCAT,LCASE,LEFT,LENGTH,LTRIM,POSITION,REPLACE,RIGHT,RTRIM,SUBSTRING,UCASE");
        facts.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, "IFNULL,USER");
        facts.put(
                DatabaseProperty.GET_TIME_DATE_FUNCTIONS,
                "CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,EXTRACT,HOUR,MINUTE,MONTH,NOW,QUARTER,SECOND,YEAR");
        return Collections.unmodifiableMap(facts);
    }
}
