package io.calque.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} lists the settings there are; {@code -Dgolden.update=true} rewrites it. */
class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("calque.root", "../.."), "docs", "settings.md");

    @Test
    void listsEverySetting() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    private static String document() {
        StringBuilder text = new StringBuilder("""
                # Settings

                <!-- Written by SettingsDocumentTest with -Dgolden.update=true; do not edit. -->

                `SET name TO value`, `RESET name` and `SHOW name` change and show what holds for one session; `SHOW ALL` lists them with
                their values. A connection's properties and the `settings` of a request set them as well. What PostgreSQL's clients set
                without being asked (`DateStyle`, `client_encoding`, ...) is taken and has no effect. No answer depends on the settings
                from `pushdown` on, only how it is come by ([semantics](semantics.md#where-work-runs)).

                | setting | by default | values | what it does |
                |---|---|---|---|
                """);
        for (Setting setting : Setting.values()) {
            text.append("| `").append(setting.spelling()).append("` | ");
            text.append(setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`");
            text.append(" | ").append(setting.allowed());
            text.append(" | ").append(setting.meaning()).append(" |\n");
        }
        return text.toString();
    }
}
