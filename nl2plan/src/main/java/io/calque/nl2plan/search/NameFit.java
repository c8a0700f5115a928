package io.calque.nl2plan.search;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How well words fit the name of a table or column, from 0 to 1. A word counts for what it shares with the name, by itself or in meaning,
 * and a name counts for less where it says more than the words do. Immutable, thread-safe.
 */
final class NameFit {
    private static final double SYNONYM = 0.85;
    private static final double DERIVED = 0.8;
    private static final double WEAK = 0.72;
    private static final double NEUTRAL = 0.9;
    /** How columns end that hold no names. */
    private static final Set<String> UNNAMED = Set.of("id", "key", "code", "year", "date", "time", "number");
    /** What texts and numbers are, said after the name of a column. */
    private static final Set<String> TEXT_HEADS = Set.of(Stems.of("status"));

    private static final Set<String> NUMBER_HEADS = Set.of("size");

    private final Thesaurus thesaurus;

    NameFit(Thesaurus thesaurus) {
        this.thesaurus = thesaurus;
    }

    /** How much of a name the words say; 0 where one of them is no part of it. */
    double name(Set<String> wanted, List<String> stems) {
        double sum = 0;
        for (String word : wanted) {
            double best = best(word, stems);
            if (best == 0) {
                return 0;
            }
            sum += best;
        }
        double coverage = Math.min(1, (double) wanted.size() / new LinkedHashSet<>(stems).size());
        return sum / wanted.size() * (0.4 + 0.6 * coverage);
    }

    /** The words must all be found in the column's own words, or in its table's; how much of the column they name is the score. */
    double column(Set<String> wanted, List<String> table, ColumnDescriptor column, List<String> stems) {
        double own = name(wanted, stems);
        if (wanted.size() < 2) {
            return Math.max(own, NEUTRAL * name(wanted, beyondTable(stems, table)));
        }
        double found = 0;
        double ofColumn = 0;
        Set<String> left = new LinkedHashSet<>(stems);
        String last = wanted.stream().reduce((a, b) -> b).orElse("");
        for (String word : wanted) {
            double inColumn = best(word, stems);
            boolean says = word.equals("name") && isNaming(column, stems)
                    || column.type().kind() == TypeKind.VARCHAR && TEXT_HEADS.contains(word)
                    || column.type().isNumeric() && NUMBER_HEADS.contains(word);
            if (inColumn == 0 && says && word.equals(last)) {
                // "country name" is the column country
                found += NEUTRAL;
                continue;
            }
            if (inColumn == 0 && word.equals("date") && word.equals(last) && isTime(column)) {
                // "hire date" is the column hired_on
                found += NEUTRAL;
                continue;
            }
            double inTable = best(word, table);
            if (inColumn == 0 && inTable == 0) {
                return own;
            }
            if (inTable > inColumn && isReference(stems) && !wanted.contains("id")) {
                // "the departments managed" are departments, and no department_id of a management
                return own;
            }
            if (inColumn >= inTable) {
                ofColumn += inColumn;
                left.removeIf(stem -> similarity(word, stem) > 0);
            }
            found += Math.max(inColumn, inTable);
        }
        if (ofColumn == 0) {
            return own;
        }
        // what the table's name says anyway need not be said of the column
        left.removeAll(table);
        double coverage = 1 - 0.4 * left.size() / stems.size();
        return Math.max(own, found / wanted.size() * coverage);
    }

    /** Whether a column may hold names, though it is not called so: its values are text, and no codes or dates. */
    private static boolean isNaming(ColumnDescriptor column, List<String> stems) {
        return column.type().kind() == TypeKind.VARCHAR
                && (stems.isEmpty() || !UNNAMED.contains(stems.get(stems.size() - 1)));
    }

    private static boolean isReference(List<String> stems) {
        return stems.size() > 1 && stems.get(stems.size() - 1).equals("id");
    }

    private static boolean isTime(ColumnDescriptor column) {
        return column.type().kind() == TypeKind.DATE
                || column.type().kind() == TypeKind.TIMESTAMP
                || column.type().kind() == TypeKind.TIMESTAMP_TZ;
    }

    private double best(String word, List<String> stems) {
        double best = 0;
        for (String stem : stems) {
            best = Math.max(best, similarity(word, stem));
        }
        return best;
    }

    private double similarity(String word, String stem) {
        if (word.equals(stem)) {
            return 1;
        }
        if (thesaurus.similar(word, stem)) {
            return SYNONYM;
        }
        return Derivations.related(word, stem) ? DERIVED : thesaurus.maySay(word, stem) ? WEAK : 0;
    }

    /** "the name" of a customer is customer_name, as that of a product is its name; a reference stays what it refers to. */
    private static List<String> beyondTable(List<String> stems, List<String> table) {
        List<String> rest = new ArrayList<>(stems);
        rest.removeAll(table);
        return rest.equals(List.of("name")) ? rest : stems;
    }
}
