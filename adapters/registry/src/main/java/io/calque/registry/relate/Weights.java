package io.calque.registry.relate;

/**
 * Every figure that decides. Evidence is weighed as in a naive Bayes classifier: each finding adds the natural logarithm of how much
 * likelier it is when the columns are related than when they are not. A weight of 3 is "twenty times likelier". They were set from
 * what the findings mean; {@code docs/relationships.md} says what each stands for.
 */
final class Weights {
    /** Most pairs whose values fit are not related. */
    static final double PRIOR = -3;

    // Names
    /** The column is called as the table is: customer_id and customer. */
    static final double NAMES_TABLE = 4;
    /** The same with a role before it: billing_customer_id. */
    static final double NAMES_TABLE_IN_ROLE = 3.5;
    /** The same in short: cust_id. */
    static final double NAMES_TABLE_SHORT = 3;
    /** Both columns have the same telling name. */
    static final double SAME_NAME = 3.5;
    /** Only the table's last word: item_id and order_item. */
    static final double NAMES_HEAD = 1;
    /** A role that people of such a table have: support_rep_id and employee. */
    static final double NAMES_PERSON = 2;
    /** A word for another row of the same table: parent_id, reports_to. */
    static final double NAMES_SELF = 4;
    /** It names another table. */
    static final double NAMES_OTHER = -3;
    /** It names nothing that the catalog knows. */
    static final double NAMES_NONE = -1;
    /** It is called an identifier, and is not its own table's. */
    static final double MARKED = 1.5;
    /** It is called a measure: quantity, year, status. */
    static final double MEASURE = -3;

    // Types
    static final double SAME_TYPE = 0.3;
    /** A whole number kept as decimal or double on one side. */
    static final double OTHER_NUMBER = -0.3;

    static final double FLOATING = -1;

    // Values
    /** Each percent of the values that the key lacks. */
    static final double ORPHAN_PERCENT = -0.5;
    /** The most that values can say where a key is dense and a chance fit likely. */
    static final double OVERLAP_MOST = 6;
    /** The most that values can say where they are random identifiers. */
    static final double OVERLAP_RANDOM = 8;
    /** Values of texts are not drawn evenly from all that could be written: their surprise counts half. */
    static final double TEXT_SURPRISE = 0.5;

    static final double RANGE_MOST = 4;
    static final double RANGE_LEAST = -2.5;
    /** A key of numbers that begin late, such as 100001: few other columns lie there. */
    static final double APART_MOST = 3;

    static final double SPREAD_LEAST = -3;
    /** For each time that the different values are e times fewer than so many references would reach. */
    static final double FEW_REACHED = -0.7;

    static final double FEW_REACHED_LEAST = -2;
    /** Fewer than three different values. */
    static final double FEW_VALUES = -1;

    // Keys
    /** The referring column is itself the key that numbers its table. */
    static final double OWN_KEY = -4;
    /** Likewise, of texts. */
    static final double OWN_TEXT_KEY = -1;

    static final double PRIMARY_KEY = 1;
    static final double UNIQUE_KEY = 0.7;
    static final double BEST_KEY = 0.5;
    /** Unique, but the table has a better key. */
    static final double OTHER_KEY = -2;
    /** Named as what describes, not identifies: name, email, phone. */
    static final double DESCRIBING_KEY = -1.5;

    static final double SAME_TABLE = -1;

    // Declarations
    /** The source declares foreign keys, and not this one. */
    static final double NOT_DECLARED = -1;
    /** Declared foreign keys refer to this key. */
    static final double REFERRED_TO = 0.7;

    /** Nothing refers between the two sources, not even by way of others, and keys within reach fit, too. */
    static final double UNRELATED_SOURCES = -2;

    // Keys of two columns
    /** The part of the reference and the part of the key refer to the same third table. */
    static final double PART_REFERS = 1.5;

    static final double PART_NAMED = 1;

    private Weights() {}

    static double between(double least, double value, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
