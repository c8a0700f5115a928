package io.calque.registry.relate;

import io.calque.registry.relate.TableNaming.Match;
import io.calque.spi.catalog.Relationship.Evidence.Kind;
import java.util.List;
import java.util.Set;

/** What the names of a column and of a key say about each other. Single-threaded. */
final class NameEvidence {
    private static final Set<String> PEOPLE = Set.of(
            "employee",
            "emp",
            "staff",
            "user",
            "person",
            "people",
            "worker",
            "member",
            "personnel",
            "account",
            "lecturer",
            "teacher",
            "professor",
            "instructor",
            "doctor",
            "physician",
            "nurse",
            "trainer",
            "crew",
            "officer",
            "salesperson",
            "agent");
    private static final Set<String> ROLES = Set.of(
            "rep",
            "representative",
            "agent",
            "manager",
            "mgr",
            "supervisor",
            "clerk",
            "salesperson",
            "seller",
            "owner",
            "author",
            "assignee",
            "reviewer",
            "approver",
            "creator",
            "editor",
            "operator",
            "driver",
            "handler",
            "by",
            "to",
            "contact",
            "technician",
            "consultant",
            "advisor",
            "buyer",
            "recipient",
            "sender",
            "reporter",
            "boss",
            "chief",
            "lead");
    private static final Set<String> OTHER_ROW = Set.of(
            "parent",
            "manager",
            "mgr",
            "boss",
            "supervisor",
            "report",
            "mentor",
            "predecessor",
            "successor",
            "previous",
            "prev",
            "next",
            "reply",
            "referrer",
            "original",
            "replace",
            "replaced",
            "superior",
            "root",
            "ancestor",
            "chief");

    private static final int SHORTEST_ROLE = 3;

    private final TableNaming naming;

    NameEvidence(TableNaming naming) {
        this.naming = naming;
    }

    void weigh(Column from, Column to, Finding finding) {
        ColumnName name = from.name();
        boolean names = likeness(from, to, finding);
        boolean ownKey = isOwnKeyName(from);
        if (!names && name.measure()) {
            finding.add(Kind.NAME, Weights.MEASURE, quoted(from) + " is called a measure, not a reference");
        }
        if (name.marked() && !name.measure() && !ownKey) {
            finding.add(Kind.NAME, Weights.MARKED, quoted(from) + " is called an identifier");
        }
        if (Profile.describes(to.name())) {
            finding.add(Kind.KEY, Weights.DESCRIBING_KEY, quoted(to) + " is called a description, not a key");
        }
    }

    /** Whether one names the other. */
    private boolean likeness(Column from, Column to, Finding finding) {
        List<String> stem = from.name().stem();
        if (stem.isEmpty()) {
            return false;
        }
        Match match = isOwnKeyName(from)
                        && !from.tableName().equals(to.tableName())
                        && !from.table().words().equals(to.table().words())
                ? Match.NONE
                : TableNaming.match(stem, to.table().words());
        boolean same = stem.equals(to.name().stem());
        if (match.names() && !describesTable(from, to)) {
            double weight = switch (match) {
                case WHOLE -> Weights.NAMES_TABLE;
                case IN_ROLE -> Weights.NAMES_TABLE_IN_ROLE;
                default -> same ? Weights.SAME_NAME : Weights.NAMES_TABLE_SHORT;
            };
            finding.add(
                    Kind.NAME,
                    weight,
                    quoted(from) + " names the table " + to.tableName().table());
            return true;
        }
        if (same && !from.name().measure() && !Profile.describes(from.name())) {
            finding.add(Kind.NAME, Weights.SAME_NAME, quoted(from) + " and " + quoted(to) + " have the same name");
            return true;
        }
        if (from.tableName().equals(to.tableName()) && stem.stream().anyMatch(OTHER_ROW::contains)) {
            finding.add(Kind.NAME, Weights.NAMES_SELF, quoted(from) + " speaks of another row of the same table");
            return true;
        }
        if (stem.stream().anyMatch(NameEvidence::isRole)
                && to.table().words().stream().anyMatch(PEOPLE::contains)) {
            finding.add(
                    Kind.NAME,
                    Weights.NAMES_PERSON,
                    quoted(from) + " is a role of a person, as "
                            + to.tableName().table() + " lists them");
            return true;
        }
        if (naming.nameSome(stem)) {
            finding.add(Kind.NAME, Weights.NAMES_OTHER, quoted(from) + " names another table");
            return false;
        }
        if (match == Match.HEAD) {
            finding.add(
                    Kind.NAME,
                    Weights.NAMES_HEAD,
                    quoted(from) + " names a part of " + to.tableName().table());
            return true;
        }
        if (!from.name().measure()) {
            finding.add(Kind.NAME, Weights.NAMES_NONE, quoted(from) + " names no table and no key");
        }
        return false;
    }

    /** Also at the end of words without a break: supportrep. */
    private static boolean isRole(String word) {
        return ROLES.contains(word)
                || ROLES.stream().anyMatch(role -> role.length() >= SHORTEST_ROLE && word.endsWith(role));
    }

    /** customer_name names customer too, but what it holds is a name. */
    private static boolean describesTable(Column from, Column to) {
        return Profile.describes(from.name())
                && !from.name().stem().equals(to.name().stem());
    }

    /** {@code id}, or {@code customer_id} in customers. */
    static boolean isOwnKeyName(Column column) {
        ColumnName name = column.name();
        return name.marked()
                && column.key() != KeyKind.NONE
                && (!name.tells()
                        || TableNaming.match(name.stem(), column.table().words())
                                .names());
    }

    private static String quoted(Column column) {
        return "'" + column.label() + "'";
    }
}
