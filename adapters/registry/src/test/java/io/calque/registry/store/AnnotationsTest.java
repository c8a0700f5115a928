package io.calque.registry.store;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.ORDERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.registry.MutableClock;
import io.calque.registry.annotate.AnnotationEdit;
import io.calque.registry.annotate.RelationshipDecision;
import io.calque.registry.annotate.WithheldValues;
import io.calque.registry.drift.CatalogChange;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.Evidence;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.type.DataType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say outlives introspection, has revisions, and is part of the history. */
class AnnotationsTest {
    private static final Target CUSTOMER_ID = Target.of(ORDERS, "customer_id");
    private static final UserTypeDescriptor MOOD =
            UserTypeDescriptor.enumeration(CRM, "public", "mood", List.of("sad", "o'k"));
    private static final UserTypeDescriptor AGE = UserTypeDescriptor.domain(
            CRM, "public", "age", "integer", Nullability.NOT_NULL, Optional.of("1"), List.of("VALUE > 0"));
    private static final UserTypeDescriptor POINT = UserTypeDescriptor.composite(
                    CRM, "public", "point", List.of(new UserTypeDescriptor.Attribute("x", "double precision")))
            .withComment("where");

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private final Registry registry = Registry.inMemory(clock);

    @AfterEach
    void close() {
        registry.close();
    }

    private Publication observe(List<UserTypeDescriptor> types, TableDescriptor... tables) {
        return registry.publish(new SourceObservation(CRM, "postgresql", "p", List.of(tables), types, clock.instant()));
    }

    private Annotation only() {
        assertThat(registry.current().annotations()).hasSize(1);
        return registry.current().annotations().get(0);
    }

    private static void fails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void keepsUserTypesAndTellsWhatChangedInThem() {
        observe(List.of(MOOD, AGE, POINT), orders());
        assertThat(registry.current().source(CRM).orElseThrow().userTypes()).containsExactly(AGE, MOOD, POINT);
        assertThat(observe(List.of(POINT, MOOD, AGE), orders()).published()).isFalse();

        Publication altered = observe(
                List.of(UserTypeDescriptor.enumeration(CRM, "public", "mood", List.of("sad", "ok", "glad")), POINT),
                orders());

        assertThat(altered.changes())
                .extracting(CatalogChange::kind)
                .containsExactly("user_type_removed", "user_type_altered");
        assertThat(altered.changes())
                .extracting(CatalogChange::description)
                .contains("enum public.mood [sad, o'k] became enum public.mood [sad, ok, glad]");
        assertThat(registry.diff(2, 1))
                .extracting(CatalogChange::kind)
                .containsExactly("user_type_added", "user_type_altered");
    }

    @Test
    void anOverrideSurvivesIntrospectionAndSaysWhenItsColumnIsGone() {
        observe(List.of(), orders());
        registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.TYPE, "INTEGER", "ann"));
        assertThat(registry.current()
                        .table(ORDERS)
                        .orElseThrow()
                        .column("customer_id")
                        .orElseThrow()
                        .type())
                .isEqualTo(DataType.INTEGER);
        assertThat(observe(List.of(), orders()).published()).isFalse();
        assertThat(registry.observed().table(ORDERS)).contains(orders());

        observe(List.of(), customers());
        assertThat(only().problem()).contains("source crm has no table public.orders");
        observe(List.of(), orders());
        assertThat(only().problem()).isEmpty();
        assertThat(registry.current()
                        .table(ORDERS)
                        .orElseThrow()
                        .column("customer_id")
                        .orElseThrow()
                        .type())
                .isEqualTo(DataType.INTEGER);
    }

    @Test
    void aStaleEditIsRefusedAndSaysWhoWasFirst() {
        observe(List.of(), orders());
        registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.COMMENT, "first", "ann"));
        Annotation seen = only();
        clock.advance(Duration.ofMinutes(1));
        registry.annotate(AnnotationEdit.replace(seen, "second", "bob"));

        fails(
                () -> registry.annotate(AnnotationEdit.replace(seen, "third", "cid")),
                ErrorCode.REVISION_CONFLICT,
                "The edit of the comment of crm.public.orders.customer_id started from revision 2,"
                        + " but it has revision 3, changed by 'bob' at " + clock.instant());
        fails(
                () -> registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.COMMENT, "new", "cid")),
                ErrorCode.REVISION_CONFLICT,
                "takes the comment of crm.public.orders.customer_id to be new, but it has revision 3");
        Annotation second = only();
        registry.annotate(AnnotationEdit.remove(second, "bob"));
        fails(
                () -> registry.annotate(AnnotationEdit.replace(second, "fourth", "cid")),
                ErrorCode.REVISION_CONFLICT,
                "but it does not exist, removed by 'bob'");
        assertThat(registry.current().annotations()).isEmpty();
        assertThat(registry.history()).extracting(RegistryVersion::author).containsExactly("", "ann", "bob", "bob");
    }

    @Test
    void refusesWhatCouldHaveNoEffect() {
        observe(List.of(), orders());
        fails(
                () -> registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.TYPE, "INTEGER ARRAY", "ann")),
                ErrorCode.INVALID_PARAMETER,
                "a column of type BIGINT cannot be read as INTEGER ARRAY");
        fails(
                () -> registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.NAME, "id", "ann")),
                ErrorCode.INVALID_PARAMETER,
                "another column of crm.public.orders is called id");
        fails(
                () -> registry.annotate(AnnotationEdit.set(Target.of(ORDERS, "x"), Aspect.OWNER, "ann", "ann")),
                ErrorCode.INVALID_PARAMETER,
                "table crm.public.orders has no column x");
        assertThat(registry.history()).hasSize(1);
    }

    @Test
    void tagsAndOwnersArePartOfEveryDiff() {
        observe(List.of(), orders());
        registry.annotate(AnnotationEdit.tag(CUSTOMER_ID, "pii", "high", "ann"));
        registry.annotate(AnnotationEdit.tag(CUSTOMER_ID, "key", "", "ann"));
        registry.annotate(AnnotationEdit.set(Target.of(CRM), Aspect.OWNER, "sales", "ann"));

        assertThat(registry.diff(1, 4))
                .extracting(CatalogChange::description)
                .containsExactly(
                        "owner 'sales' added to crm",
                        "tag key added to crm.public.orders.customer_id",
                        "tag pii 'high' added to crm.public.orders.customer_id");
        assertThat(registry.diff(4, 1)).extracting(CatalogChange::kind).containsOnly("annotation_removed");
        assertThat(registry.snapshotAt(2).orElseThrow().annotations()).hasSize(1);
    }

    @Test
    void aRejectedRelationshipIsNotProposedAgain() {
        observe(List.of(), orders(), customers());
        Relationship found = relationship(0.8);
        registry.publishRelationships(List.of(found));
        assertThat(registry.current().relationships()).containsExactly(found);
        assertThat(registry.publishRelationships(List.of(relationship(0.81))).published())
                .isFalse();

        long revision = registry.revisionOf(found);
        registry.decide(new RelationshipDecision(found.from(), found.to(), State.REJECTED, "ann"), revision);
        assertThat(registry.publishRelationships(List.of(found)).published()).isFalse();
        assertThat(registry.current().relationships()).containsExactly(found.withState(State.REJECTED));

        fails(
                () -> registry.decide(
                        new RelationshipDecision(found.from(), found.to(), State.CONFIRMED, "bob"), revision),
                ErrorCode.REVISION_CONFLICT,
                "changed by 'ann'");
        registry.decide(
                new RelationshipDecision(found.from(), found.to(), State.INFERRED, "ann"), registry.revisionOf(found));
        assertThat(registry.publishRelationships(List.of()).changes())
                .extracting(CatalogChange::kind)
                .containsExactly("relationship_removed");
        assertThat(registry.current().relationships()).isEmpty();
    }

    @Test
    void relationshipsFollowRenamedColumns() {
        observe(List.of(), orders(), customers());
        registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.NAME, "buyer", "ann"));
        Relationship shown = new Relationship(
                End.of(ORDERS, "buyer"),
                End.of(CUSTOMERS, "id"),
                Cardinality.MANY_TO_ONE,
                0.9,
                List.of(),
                State.INFERRED);
        registry.publishRelationships(List.of(shown));

        assertThat(registry.current().relationships()).containsExactly(shown);
        assertThat(registry.observed().relationships().get(0).from()).isEqualTo(End.of(ORDERS, "customer_id"));
        registry.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.HIDDEN, "true", "ann"));
        assertThat(registry.current().relationships()).isEmpty();
    }

    @Test
    void everythingIsThereWhenTheFileIsOpenedAgain() {
        Path file = directory.resolve("r.db");
        Relationship found = relationship(0.5);
        try (Registry first = Registry.open(file, clock)) {
            first.publish(new SourceObservation(
                    CRM, "postgresql", "p", List.of(orders(), customers()), List.of(AGE), clock.instant()));
            first.annotate(AnnotationEdit.set(CUSTOMER_ID, Aspect.NAME, "buyer \"x\"", "ann"));
            first.publishRelationships(List.of(relationship(0.5)));
        }
        try (Registry second = Registry.open(file, clock)) {
            assertThat(second.current().annotations())
                    .extracting(Annotation::value)
                    .containsExactly("buyer \"x\"");
            assertThat(second.observed().relationships()).containsExactly(found);
            assertThat(second.current().relationships().get(0).from()).isEqualTo(End.of(ORDERS, "buyer \"x\""));
            assertThat(second.current().source(CRM).orElseThrow().userTypes()).containsExactly(AGE);
        }
    }

    private static Relationship relationship(double confidence) {
        return new Relationship(
                End.of(ORDERS, "customer_id"),
                End.of(CUSTOMERS, "id"),
                Cardinality.MANY_TO_ONE,
                confidence,
                List.of(new Evidence(Evidence.Kind.NAME, 2.5, "customer_id names customers.id")),
                State.INFERRED);
    }

    @Test
    void viewsAreEditedFromTheRevisionThatWasSeen() {
        ViewDescriptor view = new ViewDescriptor("V", "select 1", List.of(), List.of(), "ann", clock.instant());
        registry.putView(view, 0);
        long seen = registry.revisionOfView("v");
        registry.putView(new ViewDescriptor("v", "select 2", List.of(), List.of(), "bob", clock.instant()), seen);

        fails(
                () -> registry.putView(view, seen),
                ErrorCode.REVISION_CONFLICT,
                "The edit of view 'V' started from revision 1, but it has revision 2, changed by 'bob'");
        fails(() -> registry.dropView("v", seen, "ann"), ErrorCode.REVISION_CONFLICT, "changed by 'bob'");
        fails(() -> registry.putView(view, 0), ErrorCode.REVISION_CONFLICT, "to be new");
        assertThat(registry.dropView("v", 2, "ann").published()).isTrue();
        fails(() -> registry.putView(view, 2), ErrorCode.REVISION_CONFLICT, "does not exist, removed by 'ann'");
        assertThat(registry.revisionOfView("v")).isZero();
    }

    @Test
    void valuesAreNotKeptWhereAPersonSaidSo() {
        observe(List.of(), customers());
        registry.annotate(AnnotationEdit.tag(Target.of(CUSTOMERS, "id"), WithheldValues.TAG, "", "ann"));

        assertThat(observe(List.of(), customers()).published()).isTrue();
        assertThat(registry.current()
                        .table(CUSTOMERS)
                        .orElseThrow()
                        .statistics()
                        .column("id"))
                .isEqualTo(customers().statistics().column("id").withoutValues());
        assertThat(observe(List.of(), customers()).published()).isFalse();
    }
}
