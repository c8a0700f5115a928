package io.calque.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/error-codes.md} lists the codes there are; {@code -Dgolden.update=true} rewrites it. */
class ErrorCodesDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("calque.root", "../.."), "docs", "error-codes.md");

    @Test
    void listsEveryCode() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    private static String document() {
        StringBuilder text = new StringBuilder("""
                # Error codes

                <!-- Written by ErrorCodesDocumentTest with -Dgolden.update=true; do not edit. -->

                Every failure has one of these names; JDBC clients see its SQLSTATE. "Who" says who can mend it: the *user* who asked, a
                *source*, a *resource* (memory, time, permits, the registry), or *internal* for a defect in Calque. "Retry" says whether
                the same request can succeed without anybody changing it. Failures of sources are class HV, never class 08, which
                connection pools read as a broken link of their own.

                | code | SQLSTATE | who | retry | meaning |
                |---|---|---|---|---|
                """);
        for (ErrorCode code : ErrorCode.values()) {
            text.append("| ").append(code.name());
            text.append(" | ").append(code.sqlState());
            text.append(" | ").append(code.kind().name().toLowerCase(Locale.ROOT));
            text.append(" | ").append(code.retry() == Retry.CAN_HELP ? "can help" : "pointless");
            text.append(" | ").append(code.meaning()).append(" |\n");
        }
        return text.toString();
    }
}
