package io.calque.app.drift;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOneModel;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** MongoDB, whose schema is what the documents are. */
final class ChangingMongo implements ChangingSource {
    private static final SourceId ID = new SourceId("shop");
    private static final int DOCUMENTS = 200;
    private static final int MOST_COLLECTIONS = 6;

    private final MongoDatabaseAddress address;
    private final MongoClient client;
    private final MongoDatabase database;
    private final Draw draw;

    ChangingMongo(MongoDatabaseAddress address, Draw draw) {
        this.address = address;
        this.client = MongoClients.create(address.connectionString());
        this.database = client.getDatabase(address.database());
        this.draw = draw;
        for (int i = 0; i < 4; i++) {
            create(draw.name());
        }
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public String yaml() {
        return ID + ": {kind: mongodb, url: '" + address.connectionString() + "'}";
    }

    private void create(String name) {
        List<String> fields = List.of(draw.name(), draw.name(), draw.name(), draw.name());
        String nested = draw.name();
        List<String> inner = List.of(draw.name(), draw.name(), draw.name());
        String array = draw.name();
        String element = draw.name();
        int factor = 7 + 2 * draw.below(1000);
        List<Document> documents = new ArrayList<>();
        for (int i = 1; i <= DOCUMENTS; i++) {
            Document document = new Document("_id", i);
            for (int f = 0; f < fields.size(); f++) {
                document.append(fields.get(f), value(f, i * (factor + f)));
            }
            Document deep = new Document();
            for (int f = 0; f < inner.size(); f++) {
                deep.append(inner.get(f), value(f + 2, i * (factor + 10 + f)));
            }
            document.append(nested, deep);
            document.append(array, List.of(new Document(element, i), new Document(element, i + 1)));
            documents.add(document);
        }
        database.getCollection(name).insertMany(documents);
    }

    private static Object value(int type, int seed) {
        return switch (type % 5) {
            case 0 -> seed % 1000;
            case 1 -> "v" + seed;
            case 2 -> seed / 8.0;
            case 3 -> new Date(1_600_000_000_000L + seed * 1000L);
            default -> seed % 3 == 0;
        };
    }

    @Override
    public Optional<Expected> change(CatalogSnapshot known) {
        Optional<TableDescriptor> drawn = draw.table(known, ID, t -> t.kind() == TableKind.COLLECTION);
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        TableDescriptor table = drawn.get();
        TableName name = table.name();
        Optional<ColumnDescriptor> field = draw.column(
                table, c -> !c.path().get(0).equals("_id") && c.type().kind() != TypeKind.ARRAY && isLeaf(table, c));
        List<TableDescriptor> children = known.source(ID).orElseThrow().tables().stream()
                .filter(t -> t.nestedIn().filter(n -> n.parent().equals(name)).isPresent())
                .toList();
        switch (draw.below(16)) {
            case 0, 1 -> {
                String added = draw.name();
                some(name, document -> document.append(added, value(added.length(), document.getInteger("_id"))));
                return found("column_added", name, added, "");
            }
            case 2, 3 -> {
                // In one of a hundred documents, as deep as the others.
                Optional<ColumnDescriptor> sibling =
                        draw.column(table, c -> c.path().size() == 2);
                if (sibling.isEmpty()) {
                    return Optional.empty();
                }
                String parent = sibling.get().path().get(0);
                String added = draw.name();
                some(
                        name,
                        document -> Optional.ofNullable(document.get(parent, Document.class))
                                .ifPresent(
                                        deep -> deep.append(added, value(added.length(), document.getInteger("_id")))));
                return found("column_added", name, parent + "." + added, "");
            }
            case 4, 5 -> {
                return field.flatMap(c -> {
                    every(name, document -> holder(document, c).remove(last(c)));
                    return found("column_removed", name, c.name(), "");
                });
            }
            case 6, 7, 8 -> {
                return field.flatMap(c -> {
                    String renamed = draw.name();
                    every(name, document -> {
                        Document holder = holder(document, c);
                        if (holder.containsKey(last(c))) {
                            holder.put(renamed, holder.remove(last(c)));
                        }
                    });
                    String column = c.path().size() == 1 ? renamed : c.path().get(0) + "." + renamed;
                    return found("column_renamed", name, column, "the former " + c.name() + " (score");
                });
            }
            case 9, 10 -> {
                return field.flatMap(c -> {
                    boolean text = c.type().kind() == TypeKind.VARCHAR;
                    every(name, document -> {
                        Document holder = holder(document, c);
                        Object old = holder.get(last(c));
                        if (old != null) {
                            holder.put(last(c), text ? old.toString().hashCode() : "t" + old);
                        }
                    });
                    return found("column_retyped", name, c.name(), "");
                });
            }
            case 11 -> {
                long collections = known.source(ID).orElseThrow().tables().stream()
                        .filter(t -> t.kind() == TableKind.COLLECTION)
                        .count();
                if (collections > MOST_COLLECTIONS) {
                    database.getCollection(name.table()).drop();
                    return found("table_removed", name, "", "");
                }
                String other = draw.name();
                create(other);
                return found("table_added", new TableName(ID, name.schema(), other), "", "");
            }
            case 12 -> {
                String other = draw.name();
                database.getCollection(name.table()).renameCollection(new MongoNamespace(address.database(), other));
                return found("table_renamed", new TableName(ID, name.schema(), other), "", "the former " + name);
            }
            case 13 -> {
                return index(table, field);
            }
            case 14 -> {
                Optional<TableDescriptor> child = draw.maybe(children);
                if (child.isPresent() && draw.chance(0.5)) {
                    List<String> path =
                            child.get().nestedIn().orElseThrow().arrays().get(0);
                    every(name, document -> document.remove(path.get(0)));
                    return found("table_removed", child.get().name(), "", "");
                }
                String array = draw.name();
                every(name, document -> document.append(array, List.of(new Document("x", 1), new Document("x", 2))));
                return found("table_added", new TableName(ID, name.schema(), name.table() + "." + array), "", "");
            }
            default -> {
                MongoCollection<Document> collection = database.getCollection(name.table());
                int start = 1_000_000 + draw.below(1_000_000_000);
                List<Document> copies = new ArrayList<>();
                for (Document document : collection.find()) {
                    copies.add(new Document(document).append("_id", start + copies.size()));
                }
                collection.insertMany(copies);
                return found("statistics_shifted", name, "", "rows went from");
            }
        }
    }

    private static boolean isLeaf(TableDescriptor table, ColumnDescriptor column) {
        return column.path().size() <= 2 && !column.name().contains("[");
    }

    private static String last(ColumnDescriptor column) {
        return column.path().get(column.path().size() - 1);
    }

    private static Document holder(Document document, ColumnDescriptor column) {
        if (column.path().size() == 1) {
            return document;
        }
        @Nullable Document deep = document.get(column.path().get(0), Document.class);
        return deep == null ? new Document() : deep;
    }

    private Optional<Expected> index(TableDescriptor table, Optional<ColumnDescriptor> field) {
        MongoCollection<Document> collection =
                database.getCollection(table.name().table());
        Optional<IndexDescriptor> present = draw.maybe(
                table.indexes().stream().filter(i -> i.name().startsWith("ix_")).toList());
        if (present.isPresent()) {
            collection.dropIndex(present.get().name());
            return found("index_removed", table.name(), present.get().name(), "");
        }
        return field.flatMap(c -> {
            String index = "ix_" + draw.name();
            collection.createIndex(
                    new Document(String.join(".", c.path()), 1).append("_id", 1), new IndexOptions().name(index));
            return found("index_added", table.name(), index, "");
        });
    }

    private void every(TableName table, Consumer<Document> edit) {
        rewrite(table, 1, edit);
    }

    /** One document of a hundred. */
    private void some(TableName table, Consumer<Document> edit) {
        rewrite(table, 100, edit);
    }

    private void rewrite(TableName table, int step, Consumer<Document> edit) {
        MongoCollection<Document> collection = database.getCollection(table.table());
        List<ReplaceOneModel<Document>> writes = new ArrayList<>();
        int position = 0;
        for (Document document : collection.find()) {
            if (position++ % step == 0) {
                edit.accept(document);
                writes.add(new ReplaceOneModel<>(Filters.eq("_id", document.get("_id")), document));
            }
        }
        collection.bulkWrite(writes);
    }

    private static Optional<Expected> found(String kind, TableName table, String object, String words) {
        return Optional.of(new Expected(kind, table, object, words));
    }

    @Override
    public void close() {
        client.close();
    }
}
