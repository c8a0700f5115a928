package io.calque.jdbc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.jdbc.Fragments;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataTypeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/**
 * Statements and what the source is asked, or why it is not. A script holds tables ({@code table t: column TYPE [!] [form], ...}), then
 * statements behind {@code > }, each with its native text or {@code no: reason}.
 */
class PushdownScriptTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/pushdown");
    private static final SourceId SOURCE = new SourceId("src");

    @Test
    void saysPostgresqlFragmentsInItsSqlOrWhyNot() throws Exception {
        run("postgresql.txt", PostgresPushdown.capabilities(), PostgresPushdown.compiler(SOURCE));
    }

    @Test
    void saysSqliteFragmentsInItsSqlOrWhyNot() throws Exception {
        run("sqlite.txt", SqlitePushdown.capabilities(), SqlitePushdown.compiler(SOURCE));
    }

    private static void run(String script, Capabilities capabilities, FragmentCompiler compiler) throws Exception {
        Path path = SCRIPTS.resolve(script);
        List<TableDescriptor> tables = new ArrayList<>();
        List<String> written = new ArrayList<>();
        List<String> said = new ArrayList<>();
        boolean answer = false;
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("table ")) {
                tables.add(table(line.substring("table ".length())));
            }
            if (line.startsWith("> ")) {
                said.add(line);
                said.add(answer(tables, line.substring(2), capabilities, compiler));
                answer = true;
            } else if (!answer || line.isEmpty() || line.startsWith("#") || line.startsWith("table ")) {
                said.add(line);
                answer = false;
            }
            written.add(line);
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.write(path, said);
            return;
        }
        assertThat(String.join("\n", said)).isEqualTo(String.join("\n", written));
    }

    private static String answer(
            List<TableDescriptor> tables, String sql, Capabilities capabilities, FragmentCompiler compiler) {
        RelNode tree;
        try {
            tree = Fragments.of(tables, sql);
        } catch (Exception e) {
            return "not a statement: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        Verdict verdict = verdict(tree, capabilities);
        if (verdict instanceof Verdict.No no) {
            return "no: " + no.reason();
        }
        NativeQuery query = compiler.compile(tree);
        return query.text()
                + (query.slots().isEmpty()
                        ? ""
                        : "  "
                                + query.slots().stream()
                                        .map(s -> s.parameter() + ":" + s.type())
                                        .toList());
    }

    private static Verdict verdict(RelNode tree, Capabilities capabilities) {
        for (RelNode input : tree.getInputs()) {
            Verdict verdict = verdict(input, capabilities);
            if (!verdict.allowed()) {
                return verdict;
            }
        }
        return capabilities.operator(tree);
    }

    private static TableDescriptor table(String text) {
        String[] parts = text.split(": ", 2);
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (String column : parts[1].split(", ")) {
            String[] words = column.split(" ");
            Nullability nullability = column.contains(" !") ? Nullability.NOT_NULL : Nullability.NULLABLE;
            String type = words[1].replace('_', ' ')
                    .replace("TIMESTAMP TZ", "TIMESTAMP_TZ")
                    .replace('/', ',');
            ColumnDescriptor plain = ColumnDescriptor.of(words[0], DataTypeText.parse(type), words[1], nullability);
            String last = words[words.length - 1];
            columns.add(words.length > 2 && !last.equals("!") ? plain.withFacts(Map.of(Form.FACT, last)) : plain);
        }
        return TableDescriptor.of(new TableName(SOURCE, "s", parts[0]), TableKind.TABLE, columns);
    }
}
