package io.calque.app.evaluation;

import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A condition as people write it down: columns beside constants. Stateless. */
final class EvidenceCondition {
    private static final String COMPARED =
            "[A-Za-z_][A-Za-z_0-9]*\\s*(?:=|<>|!=|<=|>=|<|>|\\b(?i:like)\\b)\\s*(?:'[^']*'|-?\\d+(?:\\.\\d+)?|(?i:true|false))";
    private static final Pattern CONDITION =
            Pattern.compile("\\s*" + COMPARED + "(?:\\s+(?i:and|or)\\s+" + COMPARED + ")*\\s*");
    private static final Pattern COLUMN =
            Pattern.compile("([A-Za-z_][A-Za-z_0-9]*)\\s*(?:=|<>|!=|<=|>=|<|>|\\b(?i:like)\\b)");

    private EvidenceCondition() {}

    static boolean isCondition(String text) {
        return CONDITION.matcher(text).matches();
    }

    /** The one table of these sources that has all columns of a condition. */
    static Optional<String> table(String text, List<String> sources, CatalogSnapshot catalog) {
        if (!isCondition(text)) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>();
        Matcher matcher = COLUMN.matcher(text);
        while (matcher.find()) {
            columns.add(matcher.group(1));
        }
        List<TableDescriptor> found = catalog.sources().stream()
                .filter(s -> sources.contains(s.id().value()))
                .flatMap(s -> s.tables().stream())
                .filter(t -> columns.stream()
                        .allMatch(c ->
                                t.columns().stream().anyMatch(own -> own.name().equalsIgnoreCase(c))))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0).name().toString()) : Optional.empty();
    }
}
