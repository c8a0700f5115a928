package io.calque.engine.prepare;

import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** The tables of one statement, as the validator looks them up. Single-threaded. */
final class StatementCatalog extends CalciteCatalogReader {
    StatementCatalog(CalciteSchema root, RelDataTypeFactory types) {
        super(root, new ExactFirstNames(), List.of(List.of()), types, new CalciteConnectionConfigImpl(properties()));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return properties;
    }
}
