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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanRenderingTest {
    private static final PlanDocument PLAN = new PlanDocument(
            "",
            List.of(),
            Optional.empty(),
            List.of(
                    new PlanNode.Scan("m", "member", List.of()),
                    new PlanNode.Scan("l", "loan", List.of()),
                    new PlanNode.Join(
                            "both",
                            "m",
                            "l",
                            JoinType.LEFT,
                            List.of(PlanNode.On.equal("member_id", "member_id")),
                            Optional.of("loan_date > joined_at AND l_member_id > 0")),
                    new PlanNode.Aggregate(
                            "a",
                            "both",
                            List.of("city"),
                            List.of(AggregateCall.of(AggregateFunction.COUNT, Optional.of("\"loan_id\""), "loans")))),
            "a");

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
}
