package io.calque.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide quotes the example adapter as it is; {@code -Dgolden.update=true} copies the snippets anew. */
class AdapterGuideTest {
    private static final Pattern SNIPPET = Pattern.compile(
            "<!-- snippet: (main|test)/(\\S+)#(\\S+) -->\\n(?:```java\\n.*?\\n```\\n)?", Pattern.DOTALL);
    private static final Path MODULE =
            Path.of(System.getProperty("calque.root", "../.."), "adapters", "testkit", "src");

    @Test
    void quotesTheExampleAsItIs() throws IOException {
        Path guide = Path.of(System.getProperty("calque.root", "../.."), "docs", "adapters.md");
        String written = Files.readString(guide);
        Matcher snippets = SNIPPET.matcher(written);
        StringBuilder current = new StringBuilder();
        int count = 0;
        while (snippets.find()) {
            count++;
            String marker = snippets.group().lines().findFirst().orElseThrow();
            String code = region(snippets.group(1), snippets.group(2), snippets.group(3));
            snippets.appendReplacement(current, Matcher.quoteReplacement(marker + "\n```java\n" + code + "\n```\n"));
        }
        snippets.appendTail(current);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(guide, current);
        }
        assertThat(count).as("snippets in the guide").isGreaterThan(10);
        assertThat(Files.readString(guide)).isEqualTo(current.toString());
    }

    private static String region(String tree, String file, String name) throws IOException {
        String source = Files.readString(
                MODULE.resolve(tree).resolve("java/io/calque/testkit/example").resolve(file));
        Matcher region = Pattern.compile("// \\[doc: " + name + "]\\n(.*?)\\n *// \\[end]", Pattern.DOTALL)
                .matcher(source);
        assertThat(region.find()).as("region %s of %s", name, file).isTrue();
        return region.group(1).stripIndent().stripTrailing();
    }
}
