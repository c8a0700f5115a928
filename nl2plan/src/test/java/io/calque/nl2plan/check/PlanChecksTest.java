package io.calque.nl2plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanChecksTest {
    private static final PlanNode BOOK = new PlanNode.Scan("book", "shelf.public.book", List.of());
    private static final PlanNode LOAN = new PlanNode.Scan("loan", "desk.public.loan", List.of());

    private static List<String> check(AccessPolicy policy, PlanNode... nodes) {
        PlanTables tables = PlanTables.of(Shop.catalog(), Principal.LOCAL, policy);
        JoinGraph graph = new JoinGraph(Shop.catalog(), tables.all(), new Lexicon(tables.all(), Thesaurus.load()));
        PlanDocument plan =
                new PlanDocument("", List.of(), Optional.empty(), List.of(nodes), nodes[nodes.length - 1].id());
        return new PlanChecks(tables, graph)
                .check(plan).stream().map(f -> f.severity() + " " + f).toList();
    }

    private static List<String> check(PlanNode... nodes) {
        return check(AccessPolicy.allowAll(), nodes);
    }

    @Test
    void suggestsTheNearestTable() {
        assertThat(check(new PlanNode.Scan("a", "shelf.public.boook", List.of())))
                .containsExactly(
                        "ERROR node 'a': table 'shelf.public.boook' does not exist; did you mean 'shelf.public.book'?");
    }

    @Test
    void suggestsTheNearestColumn() {
        assertThat(check(BOOK, new PlanNode.Filter("f", "book", "\"titel\" = 'x' AND price > 1")))
                .containsExactly("ERROR node 'f': column 'titel' is not among its inputs'; did you mean 'title'?");
    }

    @Test
    void hidesTablesThatMayNotBeRead() {
        AccessPolicy noDesk = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return !table.source().value().equals("desk");
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return false;
            }

            @Override
            public String digest(Principal principal) {
                return "no desk";
            }
        };
        assertThat(check(noDesk, LOAN)).containsExactly("ERROR node 'loan': table 'desk.public.loan' does not exist");
    }

    @Test
    void hidesColumnsThatMayNotBeRead() {
        AccessPolicy noFines = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return true;
            }

            @Override
            public boolean mayRead(Principal principal, TableName table, String column) {
                return !column.equals("fine_amount");
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return false;
            }

            @Override
            public String digest(Principal principal) {
                return "no fines";
            }
        };
        PlanNode computed = new PlanNode.Scan(
                "loan",
                "desk.public.loan",
                List.of(new PlanNode.Column("\"loan_id\"", "id"), new PlanNode.Column("\"fine_amount\" * 2", "fine")));
        PlanNode filter = new PlanNode.Filter("f", "loan", "fine_amount > 1");
        assertThat(check(computed)).isEmpty();
        assertThat(check(LOAN, filter)).isEmpty();
        assertThat(check(noFines, LOAN)).isEmpty();
        assertThat(check(noFines, computed))
                .containsExactly("ERROR node 'loan': column \"fine_amount\" does not exist in desk.public.loan");
        assertThat(check(noFines, LOAN, filter))
                .singleElement()
                .asString()
                .startsWith("ERROR node 'f': column 'fine_amount' is not among its inputs");
    }

    @Test
    void refusesToSumWhatAJoinRepeats() {
        PlanNode join = new PlanNode.Join(
                "j",
                "book",
                "loan",
                JoinType.INNER,
                List.of(PlanNode.On.equal("book_id", "book_id")),
                Optional.empty());
        PlanNode sum = new PlanNode.Aggregate(
                "a",
                "j",
                List.of(),
                List.of(AggregateCall.of(AggregateFunction.SUM, Optional.of("\"price\""), "total")));
        assertThat(check(BOOK, LOAN, join, sum))
                .containsExactly("ERROR node 'a': SUM of \"price\" counts rows of shelf.public.book more than once, "
                        + "for a join repeats them; aggregate before joining");
        PlanNode fines = new PlanNode.Aggregate(
                "a",
                "j",
                List.of(),
                List.of(AggregateCall.of(AggregateFunction.SUM, Optional.of("\"fine_amount\""), "total")));
        assertThat(check(BOOK, LOAN, join, fines)).isEmpty();
    }

    @Test
    void doubtsAJoinThatNoRelationshipSays() {
        PlanNode join = new PlanNode.Join(
                "j",
                "book",
                "loan",
                JoinType.INNER,
                List.of(PlanNode.On.equal("page_count", "loan_id")),
                Optional.empty());
        assertThat(check(BOOK, LOAN, join))
                .containsExactly("WARNING node 'j': joins on page_count = loan_id, which no relationship says");
    }

    @Test
    void refusesQueriesAndWindowsInsideExpressions() {
        assertThat(check(BOOK, new PlanNode.Filter("f", "book", "price > (SELECT 1)")))
                .hasSize(1)
                .first()
                .asString()
                .contains("holds a query, which needs a node of its own");
    }

    private static PlanNode.Join eachWithEach(String id, String left, String right) {
        return new PlanNode.Join(id, left, right, JoinType.INNER, List.of(), Optional.empty());
    }

    @Test
    void saysWhenAnAnswerIsVeryLong() {
        PlanNode all = eachWithEach("all", "book", "loan");
        assertThat(check(BOOK, LOAN, all))
                .contains("WARNING node 'all': gives about 1,000,000 rows; 'the first 100' would give fewer");
        PlanNode first = new PlanNode.Sort("first", "all", List.of(), OptionalLong.of(10), OptionalLong.empty());
        PlanNode some = new PlanNode.Filter("some", "all", "price > 1");
        assertThat(check(BOOK, LOAN, all, first)).noneMatch(f -> f.contains("rows; "));
        assertThat(check(BOOK, LOAN, all, some)).noneMatch(f -> f.contains("rows; "));
    }

    @Test
    void refusesToCompareEachRowOfLargeTablesWithEach() {
        PlanNode pairs = eachWithEach("pairs", "book", "loan");
        PlanNode triples = eachWithEach("triples", "pairs", "book");
        PlanNode more = eachWithEach("more", "triples", "loan");
        PlanNode count = new PlanNode.Aggregate(
                "count",
                "more",
                List.of(),
                List.of(AggregateCall.of(AggregateFunction.COUNT, Optional.empty(), "rows")));
        assertThat(check(BOOK, LOAN, pairs, triples, more, count))
                .contains("ERROR node 'more': compares each of 1,000,000,000 rows with each of 1,000; "
                        + "say by which columns they are equal");
    }
}
