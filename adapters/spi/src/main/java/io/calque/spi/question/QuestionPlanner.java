package io.calque.spi.question;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.pushdown.AlgebraTeller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the query that a question means. Thread-safe; reads no row, unless through a {@link ValueLookup}. */
@FunctionalInterface
public interface QuestionPlanner {
    /**
     * @throws QueryException QUESTION_DECLINED when the catalog cannot answer it, QUESTION_AMBIGUOUS with the choices when it means several things
     */
    AnsweredQuestion plan(String question, Asked asked);

    /** What of the catalog a question names, best first; also where it cannot be answered. */
    default List<SchemaMatch> search(String question, Asked asked) {
        return List.of();
    }

    /** Which sources a question needs, best first. */
    default List<SourceNeed> classify(String question, Asked asked) {
        return List.of();
    }

    /** The way back: queries told as plans; empty where this planner has none. */
    default Optional<AlgebraTeller> teller() {
        return Optional.empty();
    }

    /** A question that leans on the one before it in the same session ("and in France?"), said in full; itself where it does not. */
    default String complete(String previous, String question, Asked asked) {
        return question;
    }

    /** Understands no question: an engine without a planner. */
    static QuestionPlanner none() {
        return (question, asked) -> {
            throw new QueryException(
                    ErrorCode.QUESTION_DECLINED, "This engine was started without a planner of questions");
        };
    }

    /**
     * By whom and over what a question is asked.
     *
     * @param searchPath {@code source} or {@code source.schema}: where it is not empty, only these are meant
     * @param role as what the principal asks: a role of the ontology; empty for the principal's own roles
     */
    record Asked(
            CatalogSnapshot catalog,
            Principal principal,
            AccessPolicy policy,
            List<String> searchPath,
            Optional<String> role) {
        public Asked {
            searchPath = List.copyOf(searchPath);
        }

        public Asked(CatalogSnapshot catalog, Principal principal, AccessPolicy policy, List<String> searchPath) {
            this(catalog, principal, policy, searchPath, Optional.empty());
        }

        /** As what the question is asked. */
        public Set<String> roles() {
            return role.map(Set::of).orElseGet(() -> new TreeSet<>(principal.roles()));
        }
    }
}
