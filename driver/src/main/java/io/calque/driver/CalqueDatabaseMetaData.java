package io.calque.driver;

import org.apache.calcite.avatica.AvaticaDatabaseMetaData;

/** What the connected engine holds and can do. */
final class CalqueDatabaseMetaData extends AvaticaDatabaseMetaData {
    CalqueDatabaseMetaData(CalqueConnection connection) {
        super(connection);
    }
}
