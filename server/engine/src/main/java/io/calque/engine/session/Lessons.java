package io.calque.engine.session;

import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.prepare.Statement;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Teaches how questions are answered, as the session's user: the plan is one that the user may run, and the user's name stands beside it. Used for
 * one statement.
 */
record Lessons(EngineSession session) {
    void teach(Statement.Teach lesson) {
        checkMayTeach();
        String plan = lesson.sql().isEmpty()
                ? session.planOf(lesson.question(), lesson.role(), session.catalog())
                : planOfQuery(lesson.sql());
        session.services()
                .catalog()
                .teach(new Verified(
                        lesson.question(),
                        plan,
                        session.principal().name(),
                        session.services()
                                .clock()
                                .instant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                        roles(lesson.role())));
    }

    void forget(Statement.Forget lesson) {
        checkMayTeach();
        String by = session.principal().name();
        Verified asked = new Verified(lesson.question(), "", by, "", roles(lesson.role()));
        if (!session.services().catalog().forget(asked)) {
            throw new QueryException(
                    ErrorCode.OBJECT_NOT_FOUND,
                    "Nothing was taught of '" + lesson.question() + "'"
                            + lesson.role().map(r -> " for '" + r + "'").orElse(""));
        }
    }

    private static List<String> roles(Optional<String> role) {
        return role.stream().toList();
    }

    private void checkMayTeach() {
        if (!session.services().policy().mayTeach(session.principal())) {
            throw new QueryException(
                    ErrorCode.ACCESS_DENIED,
                    "User '" + session.principal().name() + "' may not say how questions are answered");
        }
    }

    private String planOfQuery(String sql) {
        String report =
                "SELECT \"value\" FROM TABLE(PLAN_OF('" + sql.replace("'", "''") + "')) WHERE property = 'plan'";
        try (QueryRun run = session.prepare(report).run(List.of(), RunOptions.DEFAULT)) {
            for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
                if (batch.get().rows() > 0) {
                    return String.valueOf(batch.get().columns().get(0).get(0));
                }
            }
        }
        throw new QueryException(ErrorCode.NOT_SUPPORTED, "The query has no plan");
    }
}
