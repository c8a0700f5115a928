package io.calque.nl2plan.worlds;

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

/**
 * A database in a few lines: {@code table: column TYPE = value|value, column TYPE -> table}. The first column is the key; {@code ->} refers to the key of another
 * table, of which the type is taken.
 */
public final class World {
    private World() {}

    /** Wards, doctors who have a chief, patients and their visits. */
    public static Asked hospital() {
        return of(
                "hospital",
                "ward: ward_id INTEGER, name VARCHAR = Cardiology|Surgery|Oncology, floor INTEGER",
                "doctor: doctor_id INTEGER, first_name VARCHAR = Anna|Boris, last_name VARCHAR = Keller|Novak, city VARCHAR = Lyon|Turin, "
                        + "hire_date DATE, salary DECIMAL(10,2), ward_id INTEGER -> ward, manager_id INTEGER -> doctor",
                "patient: patient_id INTEGER, first_name VARCHAR = Maria|Peter, last_name VARCHAR = Lopez|Stone, city VARCHAR = Lyon|Turin|Graz, "
                        + "birth_date DATE, weight DECIMAL(5,1)",
                "visit: visit_id INTEGER, patient_id INTEGER -> patient, doctor_id INTEGER -> doctor, admission_date DATE, discharge_date DATE, "
                        + "planned_discharge_date DATE, cost DECIMAL(10,2), kind VARCHAR = emergency|planned|day clinic");
    }

    /** Depots in cities of countries, carriers, parcels. */
    public static Asked logistics() {
        return of(
                "post",
                "country: country_id INTEGER, name VARCHAR = Austria|Italy|Poland",
                "depot: depot_id INTEGER, name VARCHAR = North Yard|South Yard, capacity INTEGER, country_id INTEGER -> country",
                "carrier: carrier_id INTEGER, name VARCHAR = Swift Cargo|Blue Line, fleet_size INTEGER, country_id INTEGER -> country",
                "parcel: parcel_id INTEGER, depot_id INTEGER -> depot, carrier_id INTEGER -> carrier, sent_date DATE, delivered_date DATE, "
                        + "promised_date DATE, weight DECIMAL(8,2), postage DECIMAL(8,2), status VARCHAR = delivered|lost|returned");
    }

    /** Clubs, their members and trainers, workouts, payments and what was measured. */
    public static Asked gym() {
        return of(
                "gym",
                "club: club_id INTEGER, club_name VARCHAR = Northside|Harbour, country VARCHAR = Norway|Spain, opened_on DATE",
                "member: member_id INTEGER, first_name VARCHAR = Ida|Olav, last_name VARCHAR = Berg|Dahl, email VARCHAR, birth_date DATE, "
                        + "joined_at TIMESTAMP, status VARCHAR = active|paused|left, club_id INTEGER -> club",
                "trainer: trainer_id INTEGER, full_name VARCHAR = Eva Lund|Per Holm, specialty VARCHAR = yoga|boxing|rowing, "
                        + "hourly_rate DECIMAL(8,2), club_id INTEGER -> club",
                "workout: workout_id INTEGER, member_id INTEGER -> member, trainer_id INTEGER -> trainer, started_at TIMESTAMP, ended_at TIMESTAMP, "
                        + "calories INTEGER, kind VARCHAR = solo|group",
                "payment: payment_id INTEGER, member_id INTEGER -> member, paid_at TIMESTAMP, amount DECIMAL(10,2), fee DECIMAL(8,2), "
                        + "method VARCHAR = card|cash|transfer, state VARCHAR = success|failed|refunded");
    }

    public static Asked of(String source, String... tables) {
        SourceId id = new SourceId(source);
        List<TableDescriptor> all = new ArrayList<>();
        for (String table : tables) {
            all.add(table(id, table, all));
        }
        SourceSnapshot snapshot = new SourceSnapshot(id, "fake", "", all, Optional.of(Instant.EPOCH), Optional.empty());
        CatalogSnapshot catalog = new CatalogSnapshot(1, Instant.EPOCH, List.of(snapshot), List.of(), List.of());
        return new Asked(catalog, Principal.LOCAL, AccessPolicy.allowAll(), List.of());
    }

    /** The tables of several sources together, each made by {@link #of}. */
    public static Asked of(Asked... sources) {
        List<SourceSnapshot> all = Arrays.stream(sources)
                .flatMap(s -> s.catalog().sources().stream())
                .toList();
        CatalogSnapshot catalog = new CatalogSnapshot(1, Instant.EPOCH, all, List.of(), List.of());
        return new Asked(catalog, Principal.LOCAL, AccessPolicy.allowAll(), List.of());
    }

    private static TableDescriptor table(SourceId source, String text, List<TableDescriptor> before) {
        String name = text.substring(0, text.indexOf(':'));
        List<ColumnDescriptor> columns = new ArrayList<>();
        List<ForeignKeyDescriptor> references = new ArrayList<>();
        TreeMap<String, ColumnStatistics> statistics = new TreeMap<>();
        TableName tableName = new TableName(source, "public", name);
        for (String column : text.substring(text.indexOf(':') + 1).split(", ")) {
            String[] parts = column.strip().split(" (?=[A-Z]|->|=)", 3);
            String type = parts[1].strip();
            columns.add(ColumnDescriptor.of(parts[0], DataTypeText.parse(type), type, Nullability.NULLABLE));
            String more = parts.length < 3
                    ? ""
                    : column.substring(column.indexOf(type) + type.length()).strip();
            if (more.startsWith("=")) {
                statistics.put(parts[0], values(more.substring(1).strip().split("\\|")));
            } else if (more.startsWith("->")) {
                references.add(reference(tableName, more.substring(2).strip(), parts[0], columns, before));
            }
        }
        TableDescriptor plain = TableDescriptor.of(tableName, TableKind.TABLE, columns);
        return new TableDescriptor(
                plain.name(),
                plain.kind(),
                plain.columns(),
                Optional.of(new KeyDescriptor("pk", List.of(columns.get(0).name()))),
                List.of(),
                references,
                List.of(),
                Optional.empty(),
                new TableStatistics(OptionalDouble.of(1000), Optional.empty(), statistics),
                "",
                new TreeMap<>());
    }

    private static ForeignKeyDescriptor reference(
            TableName own, String to, String column, List<ColumnDescriptor> columns, List<TableDescriptor> before) {
        boolean itself = own.table().equals(to);
        TableDescriptor target = itself
                ? TableDescriptor.of(own, TableKind.TABLE, columns)
                : before.stream()
                        .filter(t -> t.name().table().equals(to))
                        .findFirst()
                        .orElseThrow();
        return new ForeignKeyDescriptor(
                "fk_" + column,
                List.of(column),
                target.name(),
                List.of(target.columns().get(0).name()));
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
}
