package io.calque.benchmarks.peer;

import java.util.List;

/**
 * A question to both adapters. The right answer is written down, not computed.
 *
 * @param title what it is about
 * @param rows values joined by {@code |}; in this order where {@code sql} has an ORDER BY
 */
record PeerQuery(String title, String sql, List<String> rows) {
    PeerQuery {
        rows = List.copyOf(rows);
    }

    private static PeerQuery of(String title, String sql, String... rows) {
        return new PeerQuery(title, sql, List.of(rows));
    }

    boolean ordered() {
        return sql.contains("order by") && !sql.contains("over (");
    }

    /** Over the five documents of {@link PeerCollection}. */
    static List<PeerQuery> all() {
        return List.of(
                of("number = constant", "select k from items where qty = 10", "2"),
                of("range of numbers", "select k from items where qty > 3 and qty <= 10", "2", "4"),
                of("text = constant", "select k from items where name = 'ink'", "1"),
                of("OR", "select k from items where qty = 3 or qty = 7", "1", "4"),
                of("OR of two columns", "select k from items where qty = 3 or name = 'quill'", "1", "3"),
                of("IN", "select k from items where qty in (3, 7, 8)", "1", "4"),
                of("LIKE", "select k from items where name like 'in%'", "1"),
                of("IS NULL", "select k from items where note is null", "2", "3"),
                of("IS NOT NULL", "select k from items where note is not null", "1", "4", "5"),
                of("<> and NULL", "select k from items where qty <> 3", "2", "4"),
                of("two <>", "select k from items where qty <> 3 and qty <> 10", "4"),
                of("NOT and NULL", "select k from items where not (qty > 5)", "1"),
                of("column > column", "select k from items where qty > k", "1", "2", "4"),
                of("date range", "select k from items where sold >= date '2024-02-01'", "2", "5"),
                of("decimal = constant", "select k from items where price = 0.10", "2"),
                of("decimal read", "select price from items where k = 1", "12.34"),
                of("ObjectId = text", "select k from items where oid = '507f1f77bcf86cd799439011'", "1"),
                of("text beyond the BMP", "select k from items where name = '\uD83D\uDE00'", "5"),
                of("function in a condition", "select k from items where upper(name) = 'PEN'", "2"),
                of(
                        "CASE",
                        "select k, case when qty > 5 then 'many' else 'less' end from items where k < 3",
                        "1|less",
                        "2|many"),
                of("CAST to text", "select cast(qty as varchar(10)) || '!' from items where k = 2", "10!"),
                of("COUNT(*)", "select count(*) from items", "5"),
                of("COUNT(column)", "select count(note) from items", "3"),
                of("COUNT(DISTINCT)", "select count(distinct price) from items", "3"),
                of("SUM", "select sum(qty) from items", "20"),
                of("SUM of NULLs", "select sum(qty) from items where k = 3", "null"),
                of("SUM of an expression", "select sum(qty * 2) from items", "40"),
                of("SUM of decimals", "select sum(price) from items", "29.78"),
                of("AVG", "select avg(qty) from items where k in (1, 4)", "5"),
                of("MIN and MAX with NULLs", "select min(qty), max(qty) from items", "3|10"),
                of("aggregate of no rows", "select count(*), max(qty) from items where k = 99", "0|null"),
                of("GROUP BY one key", "select grp, count(*) from items group by grp", "a|2", "b|2", "null|1"),
                of(
                        "GROUP BY two keys",
                        "select grp, note, count(*) from items group by grp, note",
                        "a|x|1",
                        "a|null|1",
                        "b|null|1",
                        "b|y|1",
                        "null|it's|1"),
                of("HAVING", "select grp from items group by grp having sum(qty) > 10", "a"),
                of("DISTINCT", "select distinct grp from items", "a", "b", "null"),
                of("ORDER BY, NULLs last", "select k from items order by qty, k", "1", "4", "2", "3", "5"),
                of("ORDER BY NULLS FIRST", "select k from items order by qty nulls first, k", "3", "5", "1", "4", "2"),
                of("ORDER BY DESC", "select k from items order by k desc", "5", "4", "3", "2", "1"),
                of(
                        "ORDER BY, LIMIT, OFFSET",
                        "select k from items order by k offset 1 rows fetch next 2 rows only",
                        "2",
                        "3"),
                of(
                        "text order",
                        "select name from items where name is not null order by name",
                        "Pen",
                        "ink",
                        "quill",
                        "\uD83D\uDE00"),
                of("self-join", "select count(*) from items a join items b on a.grp = b.grp", "8"),
                of(
                        "IN a subquery",
                        "select k from items where grp in (select grp from items where qty = 10)",
                        "1",
                        "2"),
                of("window", "select k, row_number() over (order by k desc) from items where k > 3", "4|2", "5|1"),
                of("a quote in a name", "select \"it's\" from items where k = 1", "7"));
    }
}
