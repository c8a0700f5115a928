package io.calque.jdbc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushdownScriptTest {
    @Test
    void saysPostgresqlFragmentsInItsSqlOrWhyNot() throws Exception {
        check(PushdownScript.postgresql());
    }

    @Test
    void saysSqliteFragmentsInItsSqlOrWhyNot() throws Exception {
        check(PushdownScript.sqlite());
    }

    private static void check(PushdownScript script) throws Exception {
        List<String> said = script.lines();
        if (Boolean.getBoolean("golden.update")) {
            Files.write(script.path(), said);
            return;
        }
        assertThat(String.join("\n", said)).isEqualTo(String.join("\n", Files.readAllLines(script.path())));
    }
}
