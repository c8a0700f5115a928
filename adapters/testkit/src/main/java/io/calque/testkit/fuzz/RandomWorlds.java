package io.calque.testkit.fuzz;

import io.calque.testkit.fuzz.FuzzColumn.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes worlds of two tables in each database, and a child table. Stateless. */
public final class RandomWorlds {
    private RandomWorlds() {}

    public static FuzzWorld of(long seed) {
        Dice dice = new Dice(seed);
        RandomValues values = new RandomValues(dice);
        List<FuzzTable> tables = new ArrayList<>();
        for (Place place : Place.values()) {
            for (int i = 0; i < 2; i++) {
                tables.add(table(place, place.source() + i, dice, values));
            }
        }
        FuzzTable parent = tables.get(2);
        tables.add(child(parent, dice, values));
        return new FuzzWorld(seed, dice.oneIn(2), tables);
    }

    private static FuzzTable table(Place place, String name, Dice dice, RandomValues values) {
        List<FuzzColumn> columns = new ArrayList<>();
        columns.add(new FuzzColumn(place == Place.MONGO ? "_id" : "id", integer(place), Domain.KEY, 0));
        columns.add(new FuzzColumn("k", integer(place), Domain.LINK, dice.of(0.0, 0.2)));
        columns.add(new FuzzColumn("s", text(place), Domain.LINK, dice.of(0.0, 0.2)));
        List<Storage> kinds = dice.shuffled(Storage.in(place));
        int width = dice.between(5, 9);
        for (int i = 0; i < width; i++) {
            Storage storage = kinds.get(i % kinds.size());
            columns.add(new FuzzColumn(
                    columnName(place, i, dice),
                    storage,
                    dice.oneIn(3) ? Domain.WILD : Domain.TAME,
                    dice.of(0.0, 0.15, 0.5)));
        }
        // A collection shows its fields by its documents.
        int rows = dice.of(place == Place.MONGO ? 1 : 0, 1, dice.between(2, 12), dice.between(5, 40));
        Optional<String> indexed =
                dice.oneIn(2) ? Optional.of(columns.get(dice.between(1, 2)).name()) : Optional.empty();
        return new FuzzTable(place, name, Optional.empty(), columns, rows(columns, rows, dice, values), indexed);
    }

    private static String columnName(Place place, int index, Dice dice) {
        if (place == Place.MONGO && index % 3 == 1) {
            return (index % 2 == 0 ? "doc.c" : "doc.sub.c") + index;
        }
        return dice.oneIn(6) ? dice.of("Order", "a b", "\u043a\u043b\u044e\u0447", "from", "C") + index : "c" + index;
    }

    private static Storage integer(Place place) {
        return switch (place) {
            case POSTGRES -> Storage.PG_INTEGER;
            case MONGO -> Storage.MONGO_INT;
            case SQLITE -> Storage.LITE_INTEGER;
        };
    }

    private static Storage text(Place place) {
        return switch (place) {
            case POSTGRES -> Storage.PG_TEXT;
            case MONGO -> Storage.MONGO_STRING;
            case SQLITE -> Storage.LITE_TEXT;
        };
    }

    private static List<List<@Nullable Object>> rows(
            List<FuzzColumn> columns, int count, Dice dice, RandomValues values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (FuzzColumn column : columns) {
                // The first row is full, so that a collection shows each field's type.
                boolean empty = row > 0 && dice.chance(column.nullShare());
                cells.add(empty ? null : values.of(column, row));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static FuzzTable child(FuzzTable parent, Dice dice, RandomValues values) {
        List<FuzzColumn> own = new ArrayList<>();
        own.add(new FuzzColumn("k", Storage.MONGO_INT, Domain.LINK, 0.2));
        List<Storage> kinds = dice.shuffled(Storage.in(Place.MONGO));
        for (int i = 0; i < 4; i++) {
            own.add(new FuzzColumn(
                    i == 2 ? "in.d" + i : "d" + i, kinds.get(i), dice.oneIn(3) ? Domain.WILD : Domain.TAME, 0.25));
        }
        List<FuzzColumn> columns = new ArrayList<>();
        columns.add(new FuzzColumn(parent.name() + "_id", Storage.MONGO_INT, Domain.KEY, 0));
        columns.add(new FuzzColumn("pos", Storage.MONGO_INT, Domain.ORDINAL, 0));
        columns.addAll(own);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        boolean first = true;
        for (List<@Nullable Object> document : parent.rows()) {
            int length = first ? 1 : dice.of(0, 0, 1, 2, 4);
            for (int i = 0; i < length; i++) {
                List<@Nullable Object> cells = new ArrayList<>();
                cells.add(document.get(0));
                cells.add((long) i + 1);
                for (FuzzColumn column : own) {
                    boolean empty = !first && dice.chance(column.nullShare());
                    cells.add(empty ? null : values.of(column, i));
                }
                rows.add(cells);
                first = false;
            }
        }
        return new FuzzTable(
                Place.MONGO, parent.name() + ".items", Optional.of(parent.name()), columns, rows, Optional.empty());
    }

    /** The rows of a child table by the key of their document. */
    static TreeMap<Long, List<List<@Nullable Object>>> byParent(FuzzTable child) {
        TreeMap<Long, List<List<@Nullable Object>>> grouped = new TreeMap<>();
        for (List<@Nullable Object> row : child.rows()) {
            if (row.get(0) instanceof Long key) {
                grouped.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        return grouped;
    }
}
