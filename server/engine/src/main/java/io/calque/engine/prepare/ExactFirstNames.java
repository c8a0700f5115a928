package io.calque.engine.prepare;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** Names match without case, but a field spelled exactly as written comes before one that differs in case. Stateless. */
final class ExactFirstNames implements SqlNameMatcher {
    private final SqlNameMatcher withoutCase = SqlNameMatchers.withCaseSensitive(false);

    /** Else the validator itself counts fields that match without case, and finds "a" ambiguous beside "A". */
    @Override
    public boolean isCaseSensitive() {
        return true;
    }

    @Override
    public boolean matches(String string, String name) {
        return withoutCase.matches(string, name);
    }

    @Override
    public <K extends List<String>, V> @Nullable V get(Map<K, V> map, List<String> prefixNames, List<String> names) {
        return withoutCase.get(map, prefixNames, names);
    }

    @Override
    public String bestString() {
        return withoutCase.bestString();
    }

    @Override
    public @Nullable RelDataTypeField field(RelDataType rowType, String fieldName) {
        RelDataTypeField exact = rowType.getField(fieldName, true, false);
        return exact != null ? exact : rowType.getField(fieldName, false, false);
    }

    @Override
    public int frequency(Iterable<String> names, String name) {
        int exact = SqlNameMatchers.withCaseSensitive(true).frequency(names, name);
        return exact > 0 ? exact : withoutCase.frequency(names, name);
    }

    @Override
    public Set<String> createSet() {
        return withoutCase.createSet();
    }
}
