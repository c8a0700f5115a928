package io.calque.app.drift;

import io.calque.app.OpenDeployment;
import io.calque.engine.PreparedQuery;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Saved views of many forms over whatever tables there are, and the oracle: really planning each. */
final class RandomViews {
    private final OpenDeployment calque;
    private final Draw draw;

    RandomViews(OpenDeployment calque, Draw draw) {
        this.calque = calque;
        this.draw = draw;
    }

    void fill(int count) {
        while (calque.catalog().views().size() < count) {
            String name = "view_" + draw.name();
            String sql = "CREATE VIEW " + name + " AS " + query(calque.catalog());
            try (Session session = session()) {
                session.prepare(sql).run(List.of(), RunOptions.DEFAULT).close();
                session.prepare("SELECT * FROM calque.views." + name);
            } catch (QueryException e) {
                // Not every draw is a valid query; what is kept can be planned.
                drop(name);
            }
        }
    }

    void drop(String name) {
        try (Session session = session()) {
            session.prepare("DROP VIEW IF EXISTS " + name)
                    .run(List.of(), RunOptions.DEFAULT)
                    .close();
        }
    }

    /** Each view's columns as planned now; empty for one that cannot be planned. */
    SortedMap<String, Optional<List<String>>> planned() {
        SortedMap<String, Optional<List<String>>> planned = new TreeMap<>();
        try (Session session = session()) {
            for (ViewDescriptor view : calque.catalog().views()) {
                planned.put(view.name(), columns(session, view.name()));
            }
        }
        return planned;
    }

    private static Optional<List<String>> columns(Session session, String view) {
        try {
            PreparedQuery query = session.prepare("SELECT * FROM calque.views.\"" + view + "\"");
            return Optional.of(query.columns().stream()
                    .map((ResultColumn c) -> c.label() + " " + c.type())
                    .toList());
        } catch (QueryException e) {
            return Optional.empty();
        }
    }

    private Session session() {
        return calque.sessions().open(Principal.LOCAL, Map.of());
    }

    private String query(CatalogSnapshot known) {
        List<TableDescriptor> tables =
                known.sources().stream().flatMap(s -> s.tables().stream()).toList();
        TableDescriptor one = draw.of(tables);
        TableDescriptor two = draw.of(tables);
        String a = scalar(one);
        String b = scalar(one);
        String c = scalar(two);
        return switch (draw.below(10)) {
            case 0 -> "SELECT " + a + " AS x, " + b + " AS y FROM " + from(one);
            case 1 -> "SELECT * FROM " + from(one);
            case 2 -> "SELECT " + a + " FROM " + from(one) + " WHERE " + b + " IS NOT NULL";
            case 3 ->
                "SELECT p." + a + " AS x, q." + c + " AS y FROM " + from(one) + " p JOIN " + from(two) + " q ON CAST(p."
                        + b + " AS VARCHAR) = CAST(q." + c + " AS VARCHAR)";
            case 4 -> "SELECT " + a + " AS x, COUNT(*) AS n, MAX(" + b + ") AS m FROM " + from(one) + " GROUP BY " + a;
            case 5 -> "SELECT " + a + " + 1 AS x FROM " + from(one) + " WHERE " + b + " > 0";
            case 6 -> "SELECT " + a + " AS x, " + c + " AS y FROM " + from(one) + " p, " + from(two) + " q";
            case 7 -> "SELECT * FROM " + from(one) + " WHERE " + a + " IN (SELECT " + c + " FROM " + from(two) + ")";
            default ->
                draw.maybe(known.views())
                        .map(v -> "SELECT * FROM calque.views." + v.name() + (draw.chance(0.3) ? " ORDER BY 1" : ""))
                        .orElse("SELECT " + a + " AS x FROM " + from(one));
        };
    }

    /** Whole, or as short as people write it. */
    private String from(TableDescriptor table) {
        String name = quoted(table.name().table());
        return switch (draw.below(3)) {
            case 0 -> name;
            case 1 -> table.name().source() + "." + name;
            default -> table.name().source() + "." + quoted(table.name().schema()) + "." + name;
        };
    }

    private String scalar(TableDescriptor table) {
        return quoted(draw.column(table, c -> c.type().kind() != TypeKind.ARRAY)
                .map(ColumnDescriptor::name)
                .orElse("id"));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
