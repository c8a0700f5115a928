package io.calque.nl2plan.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanRenderingTest {
    private static final PlanDocument PLAN = membersAndLoans(
            "a",
            matched("both", "m", JoinType.LEFT, Optional.of("loan_date > joined_at AND l_member_id > 0")),
            new PlanNode.Aggregate(
                    "a",
                    "both",
                    List.of("city"),
                    List.of(AggregateCall.of(AggregateFunction.COUNT, Optional.of("\"loan_id\""), "loans"))));

    /** A plan over members m and loans l. */
    private static PlanDocument membersAndLoans(String root, PlanNode... above) {
        List<PlanNode> nodes = new ArrayList<>(
                List.of(new PlanNode.Scan("m", "member", List.of()), new PlanNode.Scan("l", "loan", List.of())));
        nodes.addAll(List.of(above));
        return new PlanDocument("", List.of(), Optional.empty(), nodes, root);
    }

    private static PlanNode matched(String id, String members, JoinType type, Optional<String> condition) {
        return new PlanNode.Join(
                id, members, "l", type, List.of(PlanNode.On.equal("member_id", "member_id")), condition);
    }

    @Test
    void saysItInSqlWithEachSideOfAJoinNamed() {
        assertThat(PlanSql.of(PLAN, PlanTables.of(Shop.catalog(), Principal.LOCAL, AccessPolicy.allowAll())))
                .isEqualTo("""
                WITH "both" AS (
                  SELECT "m"."member_id", "m"."first_name", "m"."last_name", "m"."city", "m"."joined_at", "l"."loan_id", "l"."member_id" AS "l_member_id", "l"."book_id", "l"."loan_date", "l"."return_date", "l"."fine_amount", "l"."status"
                  FROM member AS "m"
                  LEFT JOIN loan AS "l" ON "m"."member_id" = "l"."member_id" AND ("l"."loan_date" > "m"."joined_at" AND "l"."member_id" > 0))
                SELECT "city", COUNT("loan_id") AS "loans"
                FROM "both"
                GROUP BY "city\"""");
    }

    @Test
    void drawsATree() {
        assertThat(PlanDiagrams.text(PLAN)).isEqualTo("""
                aggregate count("loan_id") by city
                  left join on member_id = member_id and loan_date > joined_at AND l_member_id > 0
                    scan member
                    scan loan
                """);
        assertThat(PlanDiagrams.dot(PLAN)).contains("\"both\" -> \"a\";");
        assertThat(PlanDiagrams.mermaid(PLAN)).startsWith("flowchart BT\n").contains("n2 --> n3");
    }

    @Test
    void tellsTheSteps() {
        assertThat(PlanSteps.of(PLAN)).isEqualTo("""
                1. Read member.
                2. Read loan.
                3. Match step 1 with step 2 where member_id is member_id and loan_date is more than joined_at and l_member_id is more than 0; rows of step 1 without a match stay.
                4. For each city of step 3, the number of loan_id as loans.""");
    }

    @Test
    void tellsConditionsWithTheRowsTheyRestrict() {
        PlanDocument plan = membersAndLoans(
                "s",
                new PlanNode.Filter(
                        "f",
                        "m",
                        "\"city\" = 'A = \"B\"' AND \"joined_at\" >= DATE '2012-01-01' AND joined_at < DATE '2013-01-01'"),
                matched("never", "f", JoinType.ANTI, Optional.empty()),
                new PlanNode.Project("p", "never", List.of(PlanNode.Column.kept("city"))),
                new PlanNode.Sort(
                        "s",
                        "p",
                        List.of(PlanNode.OrderKey.of("\"city\"", PlanNode.Direction.DESC)),
                        OptionalLong.of(3),
                        OptionalLong.empty()));
        assertThat(PlanSteps.of(plan)).isEqualTo("""
                1. Read member where city is 'A = "B"' and joined_at is on or after '2012-01-01' and joined_at is before '2013-01-01'.
                2. Read loan.
                3. Keep the rows of step 1 that have no match in step 2 where member_id is member_id.
                4. Sort step 3 by city, highest first, keep the first 3.""");
    }
}
