package io.calque.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.client.StatementFailedException;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FailureReportTest {
    @Test
    void pointsAtThePlace() {
        assertThat(report("Column 'nam' not found (line 1, column 8)", "SELECT nam FROM t"))
                .isEqualTo("""
                error: Column 'nam' not found (line 1, column 8)
                  SELECT nam FROM t
                         ^
                SQLSTATE: 42703
                """);
        assertThat(report("at line 2, column 3: no", "SELECT *\nFORM\tt")).isEqualTo("""
                error: at line 2, column 3: no
                LINE 2: FORM t
                          ^
                SQLSTATE: 42703
                """);
    }

    @Test
    void ignoresAPlaceOutsideOfTheStatement() {
        assertThat(report("line 7, column 1", "SELECT 1")).isEqualTo("error: line 7, column 1\nSQLSTATE: 42703\n");
    }

    private static String report(String message, String sql) {
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        new FailureReport(new PrintStream(error, true, StandardCharsets.UTF_8)::println)
                .statement(StatementFailedException.of(new QueryException(ErrorCode.COLUMN_NOT_FOUND, message)), sql);
        return error.toString(StandardCharsets.UTF_8);
    }
}
