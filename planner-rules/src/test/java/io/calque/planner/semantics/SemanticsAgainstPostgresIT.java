package io.calque.planner.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.testkit.TestServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL gives the same text for the same expressions, but for lines that begin with {@code ~}: there it must differ, so that no mark outlives its
 * reason. Where both fail they agree, whatever their SQLSTATEs.
 */
class SemanticsAgainstPostgresIT {
    @Test
    void answersAsPostgresDoes() throws IOException, SQLException {
        List<String> disagreements = new ArrayList<>();
        try (Connection connection = TestServers.newPostgresDatabase().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Europe/Berlin'");
            for (SemanticsCase line : SemanticsCase.all()) {
                if (line.isStatement() || line.expression().startsWith("{")) {
                    continue;
                }
                String theirs = answer(statement, line.expression());
                boolean same = line.expected().startsWith("!") && theirs.startsWith("!")
                        || line.expected().equals(theirs);
                if (same == line.differs()) {
                    disagreements.add(line + " but PostgreSQL says " + theirs);
                }
            }
        }
        assertThat(disagreements).isEmpty();
    }

    private static String answer(Statement statement, String expression) {
        try (ResultSet rows = statement.executeQuery("SELECT CAST((" + inPostgres(expression) + ") AS text)")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            return "!" + e.getSQLState();
        }
    }

    /** The spellings of types that PostgreSQL has otherwise; a number with an exponent is a DOUBLE here and a numeric there. */
    private static String inPostgres(String expression) {
        return expression
                .replace("AS DOUBLE)", "AS DOUBLE PRECISION)")
                .replace("WITH LOCAL TIME ZONE", "WITH TIME ZONE")
                .replaceAll("(?<!['\\w.])(\\d+(?:\\.\\d+)?e[-+]?\\d+)(?!['\\w])", "($1::float8)");
    }
}
