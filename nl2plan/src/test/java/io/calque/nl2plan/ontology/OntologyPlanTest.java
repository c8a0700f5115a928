package io.calque.nl2plan.ontology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Level;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Role;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.ontology.OntologyEntry.Verified;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people wrote down is what a question is read by. */
class OntologyPlanTest {
    private static final Ontology WORDS = Ontology.of(List.<OntologyEntry>of(
            new Term("thick book", List.of("brick"), List.of(), "", "", "book", "", "page_count > 500", ""),
            new Term("reader", List.of(), List.of(), "", "", "member", "", "", ""),
            new Term(
                    "active member",
                    List.of(),
                    List.of(),
                    "",
                    "",
                    "member",
                    "",
                    "EXISTS (SELECT 1 FROM loan l WHERE l.member_id = member.member_id AND l.status = 'open')",
                    ""),
            new Term(
                    "heavy reader",
                    List.of(),
                    List.of(),
                    "",
                    "",
                    "member",
                    "",
                    "(SELECT COUNT(*) FROM loan WHERE loan.member_id = member.member_id) > 10",
                    ""),
            new Term(
                    "fiscal year",
                    List.of(),
                    List.of(),
                    "",
                    "from 1 April {year} to 31 March {year+1}",
                    "",
                    "",
                    "",
                    ""),
            new Term("bestseller", List.of(), List.of(), "", "dear book", "", "", "", ""),
            new Term("dear book", List.of(), List.of("buyer"), "", "", "book", "", "price > 50", ""),
            new Term("dear book", List.of(), List.of(), "", "", "book", "", "price > 20", ""),
            new Metric(
                    "penalties",
                    List.of(),
                    List.of(),
                    "",
                    "loan",
                    "SUM(fine_amount) FILTER (WHERE status = 'lost')",
                    "return_date",
                    ""),
            new Metric("typical fine", List.of(), List.of(), "", "loan", "SUM(fine_amount) / COUNT(*)", "", ""),
            new Term(
                    "burden",
                    List.of(),
                    List.of(),
                    "",
                    "total fine amount divided by number of members",
                    "",
                    "",
                    "",
                    ""),
            new Metric("worth of the stock", List.of(), List.of(), "", "loan", "SUM(fine_amount + book.price)", "", ""),
            new Dimension(
                    "whereabouts",
                    List.of(),
                    List.of(),
                    "",
                    List.of(
                            new Level("land", List.of("country"), "author", "country"),
                            new Level("writer", List.of(), "author", "name"))),
            new Metric(
                    "fine rate",
                    List.of(),
                    List.of(),
                    "",
                    "loan",
                    "SUM(fine_amount) / COUNT(*) FILTER (WHERE status = 'lost')",
                    "",
                    ""),
            taught("Show me what our lost ones brought.", "penalties", "\"whereabouts\""),
            taught("What do the lost ones bring on average?", "fine rate", ""),
            taught("What did oddments bring?", "penaltis", ""),
            new ValueAlias("author", "country", "Germany", List.of("Deutschland"), List.of()),
            new Role("buyer", List.of("purchaser"), "")));

    private static Verified taught(String question, String metric, String groups) {
        String plan =
                "{\"version\": \"1\", \"interpretation\": \"x\", \"nodes\": [{\"id\": \"m\", \"op\": \"metric\", \"metric\": \""
                        + metric + "\", \"groupBy\": [" + groups + "]}], \"root\": \"m\"}";
        return new Verified(question, plan, "ann", "2026-01-02T03:04:05Z", List.of());
    }

    private final Questions questions = new Questions();

    private AnsweredQuestion answer(String question, String... role) {
        CatalogSnapshot shop = Shop.catalog();
        CatalogSnapshot catalog = new CatalogSnapshot(
                shop.version(),
                shop.publishedAt(),
                shop.sources(),
                shop.views(),
                shop.relationships(),
                List.of(),
                List.of(),
                WORDS);
        return questions.plan(
                question,
                new Asked(
                        catalog,
                        Principal.LOCAL,
                        AccessPolicy.allowAll(),
                        List.of(),
                        List.of(role).stream().findFirst()));
    }

    @Test
    void isSound() {
        CatalogSnapshot shop = Shop.catalog();
        assertThat(OntologyCheck.check(WORDS, shop)).isEmpty();
    }

    @Test
    void readsArithmeticOverSeveralAggregates() {
        assertThat(answer("What is the typical fine per member?").sql())
                .contains("/ NULLIF(")
                .contains("GROUP BY \"first_name\"");
        assertThat(answer("What is the burden per city of the members?").interpretation())
                .contains("(total loan.fine_amount / number of member)");
    }

    @Test
    void readsAConditionWithAQueryInIt() {
        AnsweredQuestion active = answer("How many active members are there?");
        assertThat(active.sql())
                .contains("\"figure_status\" = 'open'")
                .contains("GROUP BY \"figure_member_id\"")
                .contains("LEFT JOIN");
        AnsweredQuestion heavy = answer("Which heavy readers live in Berlin?");
        assertThat(heavy.sql()).contains("COALESCE(\"figure\", 0)) > 10");
    }

    @Test
    void readsAYearOfAnotherCalendar() {
        assertThat(answer("Number of loans in fiscal year 2022").sql())
                .contains("DATE '2022-04-01'")
                .contains("DATE '2023-04-01'");
    }

    @Test
    void readsATermAsACondition() {
        AnsweredQuestion answer = answer("How many thick books are there?");
        assertThat(answer.sql()).contains("page_count\" > 500").contains("COUNT(*)");
        assertThat(answer.evidence())
                .anyMatch(
                        e -> e.equals("'thick books' is term 'thick book': shelf.public.book where page_count > 500"));
        assertThat(answer("How many bricks are there?").sql()).contains("page_count\" > 500");
        assertThat(answer("Which authors have thick books?").sql()).contains("page_count\" > 500");
    }

    @Test
    void readsOtherWordsForATable() {
        assertThat(answer("How many readers live in Berlin?").interpretation())
                .isEqualTo("number of member; where member.city is 'Berlin'");
    }

    @Test
    void readsAnAliasAsTheValue() {
        assertThat(answer("How many books by authors from Deutschland are there?")
                        .interpretation())
                .contains("author.country is 'Germany'");
    }

    @Test
    void computesAMetricAndDatesItAsWritten() {
        AnsweredQuestion answer = answer("What were the penalties in 2023?");
        assertThat(answer.sql()).contains("'lost'").contains("SUM(").contains("return_date");
        assertThat(answer("Penalties by member city").sql())
                .contains("GROUP BY")
                .contains("'lost'");
    }

    @Test
    void computesAMetricOverTablesThatItsRowsReferTo() {
        AnsweredQuestion answer = answer("What is the stock worth?");
        assertThat(answer.sql()).contains("LEFT JOIN").contains("price");
    }

    @Test
    void readsByTheAskersRole() {
        assertThat(answer("How many dear books are there?").sql()).contains("> 20");
        assertThat(answer("How many dear books are there?", "buyer").sql()).contains("> 50");
        assertThat(answer("How many dear books are there?", "Purchaser").sql()).contains("> 50");
        assertThat(answer("How many bestsellers are there?", "buyer").sql()).contains("> 50");
    }

    @Test
    void goesOnFromTheQuestionBefore() {
        assertThat(answer("How many members live in Berlin?\nAnd in Paris?").interpretation())
                .isEqualTo("number of member; where member.city is 'Paris'");
        assertThat(answer("total fine amount in 2023?\nAnd in 2022?\nAnd the year before?")
                        .interpretation())
                .contains("2021");
        assertThat(answer("How many members live in Berlin?\nHow many books are there?")
                        .interpretation())
                .isEqualTo("number of book");
        assertThat(answer("How many members live in Berlin?\nHow many loans do they have?")
                        .interpretation())
                .isEqualTo("number of loan; where member.city is 'Berlin'; with member");
    }

    @Test
    void readsADimensionAsItsCoarsestLevel() {
        assertThat(answer("number of books by whereabouts").interpretation())
                .isEqualTo("number of book, author.country");
    }

    @Test
    void goesDownAndUpThroughTheLevelsOfADimension() {
        assertThat(answer("number of books per land.\nDrill down.").interpretation())
                .isEqualTo(answer("number of books per country.\nBy writer instead.")
                        .interpretation());
        assertThat(answer("number of books per whereabouts.\nOne level down, please")
                        .interpretation())
                .isEqualTo("author.name, number of book");
        assertThat(answer("number of books per whereabouts.\nDrill down.\nRoll it up.")
                        .interpretation())
                .isEqualTo("author.country, number of book");
        assertThatThrownBy(() -> answer("number of books per land.\nRoll up.")).isInstanceOf(QueryException.class);
    }

    @Test
    void tellsAMetricNodeInOtherNodes() {
        assertThat(answer("Show me what our lost ones brought.").told().steps()).endsWith("""
                6. Work out author_country as whereabouts and CASE WHEN status is 'lost' THEN fine_amount END as value of penalties of step 5.
                7. For each whereabouts of step 6, the sum of value of penalties as penalties.""");
        assertThat(answer("What do the lost ones bring on average?").told().steps())
                .endsWith("4. Show fine rate 1 / fine rate 2 as fine rate of step 3.");
        assertThatThrownBy(() -> answer("What did oddments bring?"))
                .hasMessageContaining("there is no metric 'penaltis'; did you mean 'penalties'?");
    }

    @Test
    void findsTheMistakes() {
        Ontology wrong = Ontology.of(List.<OntologyEntry>of(
                new Term("x", List.of(), List.of("byer"), "", "", "bok", "", "a > 1", ""),
                new Metric("y", List.of(), List.of(), "", "book", "SUM(pric)", "", "EUR"),
                new Role("buyer", List.of(), "")));
        assertThat(OntologyCheck.check(wrong, Shop.catalog()))
                .extracting(OntologyFinding::toString)
                .containsExactly(
                        "terms[0].roles: no role 'byer'; did you mean 'buyer'?",
                        "terms[0].table: no table 'bok'; did you mean 'shelf.public.book'?",
                        "metrics[0].sql: table shelf.public.book has no column 'pric'; did you mean 'price'?",
                        "metrics[0].unit: no unit 'EUR'");
    }
}
