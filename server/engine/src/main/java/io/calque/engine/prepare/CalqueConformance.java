package io.calque.engine.prepare;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Babel's liberty, except where it would read a statement differently than PostgreSQL. */
final class CalqueConformance extends SqlDelegatingConformance {
    static final CalqueConformance INSTANCE = new CalqueConformance();

    private CalqueConformance() {
        super(SqlConformanceEnum.BABEL);
    }

    /** A select item does not see the aliases of its neighbours: an unknown column is unknown, not its own alias. */
    @Override
    public SelectAliasLookup isSelectAlias() {
        return SelectAliasLookup.UNSUPPORTED;
    }

    /** A column that is neither grouped nor aggregated is an error; Babel would return any of its values. */
    @Override
    public boolean isNonStrictGroupBy() {
        return false;
    }
}
