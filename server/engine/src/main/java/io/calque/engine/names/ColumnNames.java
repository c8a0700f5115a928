package io.calque.engine.names;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * Resolves a dotted column reference: {@code c.address.city} may be column {@code address.city} of {@code c}. The longest qualifier
 * that fits wins, an exact spelling before one that differs in case.
 */
final class ColumnNames {
    private ColumnNames() {}

    /** The reference as the validator understands it; unchanged where nothing in scope is known to match. */
    static SqlIdentifier resolve(SqlIdentifier written, Scope scope) {
        if (written.isStar() || written.names.isEmpty()) {
            return written;
        }
        for (Optional<Scope> at = Optional.of(scope);
                at.isPresent();
                at = at.get().outer()) {
            Optional<SqlIdentifier> found = resolveHere(written, at.get());
            if (found.isPresent()) {
                return found.get();
            }
            if (at.get().relations().stream().anyMatch(r -> r.columns().isEmpty())) {
                return written;
            }
        }
        unknownColumn(written, scope).ifPresent(error -> {
            throw Positions.at(error, written.getParserPosition());
        });
        return written;
    }

    /** A dotted name that begins with a relation in scope and goes on with no column of it: the validator would only know its first part. */
    private static Optional<QueryException> unknownColumn(SqlIdentifier written, Scope scope) {
        for (Optional<Scope> at = Optional.of(scope);
                at.isPresent();
                at = at.get().outer()) {
            for (Relation relation : at.get().relations()) {
                if (written.names.size() > 1 && relation.alias().equalsIgnoreCase(written.names.get(0))) {
                    String column = String.join(".", written.names.subList(1, written.names.size()));
                    String near = NearestName.to(column, relation.columns().orElse(List.of()))
                            .map(n -> ". Did you mean '" + n + "'?")
                            .orElse("");
                    return Optional.of(new QueryException(
                            ErrorCode.COLUMN_NOT_FOUND,
                            "Column '" + column + "' not found in table '" + relation.alias() + "'" + near));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<SqlIdentifier> resolveHere(SqlIdentifier written, Scope scope) {
        List<String> names = written.names;
        if (names.size() == 1 && scope.isSelectAlias(names.get(0))) {
            return Optional.of(written);
        }
        if (names.size() == 1 && scope.mergedInto(names.get(0)).isPresent()) {
            Relation relation = scope.mergedInto(names.get(0)).get();
            return relation.column(names.get(0))
                    .map(c -> new SqlIdentifier(List.of(relation.alias(), c), written.getParserPosition()));
        }
        List<List<String>> matches = new ArrayList<>();
        for (int split = names.size() - 1; split >= 1 && matches.isEmpty(); split--) {
            String qualifier = String.join(".", names.subList(0, split)).toLowerCase(Locale.ROOT);
            String column = String.join(".", names.subList(split, names.size()));
            for (Relation relation : scope.relations()) {
                if (relation.qualifiers().contains(qualifier)) {
                    relation.column(column).ifPresent(c -> matches.add(List.of(relation.alias(), c)));
                }
            }
        }
        if (matches.isEmpty()) {
            String column = String.join(".", names);
            for (Relation relation : scope.relations()) {
                relation.column(column)
                        .ifPresent(c -> matches.add(names.size() == 1 ? List.of(c) : List.of(relation.alias(), c)));
            }
        }
        if (matches.isEmpty()) {
            return Optional.empty();
        }
        if (names.size() > 1 && matches.stream().distinct().count() > 1) {
            throw Positions.at(ambiguous(names, matches), written.getParserPosition());
        }
        // A plain name in several relations is for the validator: a full join may have merged them.
        List<String> chosen = names.size() == 1 && matches.stream().distinct().count() > 1 ? names : matches.get(0);
        if (chosen.size() == 1) {
            // Its place says whether it was quoted: "user" is a column, USER a function.
            return Optional.of(new SqlIdentifier(
                    chosen, null, written.getParserPosition(), List.of(written.getComponentParserPosition(0))));
        }
        return Optional.of(new SqlIdentifier(chosen, written.getParserPosition()));
    }

    private static QueryException ambiguous(List<String> names, List<List<String>> matches) {
        List<String> meanings =
                matches.stream().map(m -> "'" + String.join(".", m) + "'").toList();
        return new QueryException(
                ErrorCode.COLUMN_AMBIGUOUS,
                "Column '" + String.join(".", names) + "' is ambiguous: it may be " + String.join(", ", meanings)
                        + ". Qualify it");
    }
}
