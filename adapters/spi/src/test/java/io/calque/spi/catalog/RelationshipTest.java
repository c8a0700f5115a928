package io.calque.spi.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelationshipTest {
    private static final TableName ORDERS = new TableName(new SourceId("crm"), "public", "orders");
    private static final TableName CUSTOMERS = new TableName(new SourceId("shop"), "main", "customers");

    @Test
    void isTheSamePairWhateverItsState() {
        Relationship inferred = new Relationship(
                End.of(ORDERS, "customer_id"),
                End.of(CUSTOMERS, "id"),
                Cardinality.MANY_TO_ONE,
                0.9,
                List.of(),
                State.INFERRED);
        assertThat(inferred.withState(State.REJECTED).pairsLike(inferred)).isTrue();
        assertThat(inferred.from()).hasToString("crm.public.orders(customer_id)");
    }

    @Test
    void pairsAsManyColumnsOnBothEnds() {
        assertThatThrownBy(() -> new Relationship(
                        End.of(ORDERS, "a", "b"),
                        End.of(CUSTOMERS, "id"),
                        Cardinality.MANY_TO_ONE,
                        0.9,
                        List.of(),
                        State.INFERRED))
                .hasMessageContaining("pairs no columns");
    }
}
