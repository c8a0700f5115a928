package io.calque.nl2plan.shop;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.question.QuestionPlanner.Asked;
import io.calque.spi.type.DataTypeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Authors and books in one source, members who borrow copies in another. */
public final class Shop {
    private static final SourceId SHELF = new SourceId("shelf");
    private static final SourceId DESK = new SourceId("desk");

    private Shop() {}

    public static CatalogSnapshot catalog() {
        TableDescriptor author = table(
                SHELF,
                "author",
                "author_id INTEGER",
                "name VARCHAR",
                "country VARCHAR:Germany|France",
                "birth_date DATE");
        TableDescriptor book = referring(
                table(
                        SHELF,
                        "book",
                        "book_id INTEGER",
                        "author_id INTEGER",
                        "title VARCHAR",
                        "genre VARCHAR:novel|poetry|science fiction",
                        "price DECIMAL(10, 2)",
                        "page_count INTEGER",
                        "published_on DATE",
                        "is_available BOOLEAN"),
                "author_id",
                author);
        TableDescriptor member = table(
                DESK,
                "member",
                "member_id INTEGER",
                "first_name VARCHAR",
                "last_name VARCHAR",
                "city VARCHAR:Berlin|Paris",
                "joined_at TIMESTAMP");
        TableDescriptor loan = referring(
                table(
                        DESK,
                        "loan",
                        "loan_id INTEGER",
                        "member_id INTEGER",
                        "book_id INTEGER",
                        "loan_date DATE",
                        "return_date DATE",
                        "fine_amount DECIMAL(8, 2)",
                        "status VARCHAR:open|returned|lost"),
                "member_id",
                member);
        Relationship borrowed = new Relationship(
                Relationship.End.of(loan.name(), "book_id"),
                Relationship.End.of(book.name(), "book_id"),
                Relationship.Cardinality.MANY_TO_ONE,
                1,
                List.of(),
                Relationship.State.CONFIRMED);
        return new CatalogSnapshot(
                1,
                Instant.EPOCH,
                List.of(source(SHELF, author, book), source(DESK, member, loan)),
                List.of(),
                List.of(borrowed));
    }

    public static Asked asked() {
        return new Asked(catalog(), Principal.LOCAL, AccessPolicy.allowAll(), List.of());
    }

    private static SourceSnapshot source(SourceId id, TableDescriptor... tables) {
        return new SourceSnapshot(id, "fake", "", List.of(tables), Optional.of(Instant.EPOCH), Optional.empty());
    }

    private static TableDescriptor table(SourceId source, String name, String... columns) {
        List<ColumnDescriptor> descriptors = new ArrayList<>();
        TreeMap<String, ColumnStatistics> statistics = new TreeMap<>();
        for (String column : columns) {
            String[] parts = column.split("[ :]", 2);
            String type = parts[1].replaceAll(":.*", "");
            descriptors.add(ColumnDescriptor.of(parts[0], DataTypeText.parse(type), type, Nullability.NULLABLE));
            if (column.contains(":")) {
                statistics.put(
                        parts[0],
                        values(column.substring(column.indexOf(':') + 1).split("\\|")));
            }
        }
        TableDescriptor plain = TableDescriptor.of(new TableName(source, "public", name), TableKind.TABLE, descriptors);
        return new TableDescriptor(
                plain.name(),
                plain.kind(),
                plain.columns(),
                Optional.of(new KeyDescriptor("pk", List.of(descriptors.get(0).name()))),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new TableStatistics(OptionalDouble.of(1000), Optional.empty(), statistics),
                "",
                new TreeMap<>());
    }

    private static ColumnStatistics values(String... values) {
        return new ColumnStatistics(
                OptionalDouble.of(values.length),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Arrays.stream(values)
                        .map(v -> new ColumnStatistics.CommonValue(v, 1.0 / values.length))
                        .toList(),
                List.of());
    }

    private static TableDescriptor referring(TableDescriptor table, String column, TableDescriptor target) {
        return new TableDescriptor(
                table.name(),
                table.kind(),
                table.columns(),
                table.primaryKey(),
                List.of(),
                List.of(new ForeignKeyDescriptor("fk", List.of(column), target.name(), List.of(column))),
                List.of(),
                Optional.empty(),
                table.statistics(),
                "",
                new TreeMap<>());
    }
}
