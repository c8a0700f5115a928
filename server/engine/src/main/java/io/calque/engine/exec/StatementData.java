package io.calque.engine.exec;

import io.calque.planner.physical.FragmentRuntime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** What compiled code asks about its run: parameters, the clock, the user, its fragments. Immutable. */
final class StatementData implements DataContext {
    private final Map<String, Object> values = new HashMap<>();
    private final JavaTypeFactory types;

    /**
     * @param now the one instant that every clock function of the statement sees
     */
    StatementData(
            FragmentRuntime fragments,
            Map<String, Object> constants,
            List<? extends @Nullable Object> parameters,
            Instant now,
            ZoneId zone,
            String user,
            AtomicBoolean cancelled,
            JavaTypeFactory types) {
        this.types = types;
        values.putAll(constants);
        for (int i = 0; i < parameters.size(); i++) {
            Object value = parameters.get(i);
            if (value != null) {
                values.put("?" + i, value);
            }
        }
        long utc = now.toEpochMilli();
        long local = utc + zone.getRules().getOffset(now).getTotalSeconds() * 1000L;
        values.put(FragmentRuntime.KEY, fragments);
        values.put(Variable.UTC_TIMESTAMP.camelName, utc);
        values.put(Variable.CURRENT_TIMESTAMP.camelName, utc);
        values.put(Variable.LOCAL_TIMESTAMP.camelName, local);
        values.put(Variable.SYS_TIMESTAMP.camelName, utc);
        values.put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone(zone));
        values.put(Variable.LOCALE.camelName, Locale.ROOT);
        values.put(Variable.USER.camelName, user);
        values.put(Variable.SYSTEM_USER.camelName, user);
        values.put(Variable.CANCEL_FLAG.camelName, cancelled);
    }

    @Override
    public @Nullable Object get(String name) {
        return values.get(name);
    }

    @Override
    public @Nullable SchemaPlus getRootSchema() {
        return null;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
        return types;
    }

    @Override
    public QueryProvider getQueryProvider() {
        throw new UnsupportedOperationException("no linq4j provider");
    }
}
