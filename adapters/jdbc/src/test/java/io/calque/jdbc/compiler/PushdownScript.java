package io.calque.jdbc.compiler;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/**
 * Statements and what the source is asked, or why it is not. A script holds tables ({@code table t: column TYPE [!] [form], ...}), then
 * statements behind {@code > }, each with its native text or {@code no: reason}.
 */
public final class PushdownScript {
    public static final SourceId SOURCE = new SourceId("src");
    private static final Path SCRIPTS = Path.of("src/test/resources/pushdown");

    private final Path path;
    private final Capabilities capabilities;
    private final FragmentCompiler compiler;

    private PushdownScript(String name, Capabilities capabilities, FragmentCompiler compiler) {
        this.path = SCRIPTS.resolve(name);
        this.capabilities = capabilities;
        this.compiler = compiler;
    }

    public static PushdownScript postgresql() {
        return new PushdownScript("postgresql.txt", PostgresPushdown.capabilities(), PostgresPushdown.compiler(SOURCE));
    }

    public static PushdownScript sqlite() {
        return new PushdownScript("sqlite.txt", SqlitePushdown.capabilities(), SqlitePushdown.compiler(SOURCE));
    }

    Path path() {
        return path;
    }

    /** The script with the answers as they are now. */
    List<String> lines() throws IOException {
        List<TableDescriptor> tables = tables();
        List<String> said = new ArrayList<>();
        boolean answer = false;
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("> ")) {
                said.add(line);
                said.add(answer(tables, line.substring(2)));
                answer = true;
            } else if (!answer || line.isEmpty() || line.startsWith("#") || line.startsWith("table ")) {
                said.add(line);
                answer = false;
            }
        }
        return said;
    }

    public List<TableDescriptor> tables() throws IOException {
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith("table "))
                .map(line -> table(line.substring("table ".length())))
                .toList();
    }

    /** The native queries of all statements that are pushed whole. */
    public List<NativeQuery> queries() throws Exception {
        List<TableDescriptor> tables = tables();
        List<NativeQuery> queries = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("> ")) {
                pushed(tables, line.substring(2)).ifPresent(queries::add);
            }
        }
        return queries;
    }

    /** The native query of a statement; empty when a part of it stays local. */
    public Optional<NativeQuery> pushed(List<TableDescriptor> tables, String sql) throws Exception {
        RelNode tree = Fragments.of(tables, sql);
        return verdict(tree).allowed() ? Optional.of(compiler.compile(tree)) : Optional.empty();
    }

    private String answer(List<TableDescriptor> tables, String sql) {
        RelNode tree;
        try {
            tree = Fragments.of(tables, sql);
        } catch (Exception e) {
            return "not a statement: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        if (verdict(tree) instanceof Verdict.No no) {
            return "no: " + no.reason();
        }
        NativeQuery query = compiler.compile(tree);
        List<String> slots =
                query.slots().stream().map(s -> s.parameter() + ":" + s.type()).toList();
        return query.text() + (slots.isEmpty() ? "" : "  " + slots);
    }

    private Verdict verdict(RelNode tree) {
        for (RelNode input : tree.getInputs()) {
            Verdict verdict = verdict(input);
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
