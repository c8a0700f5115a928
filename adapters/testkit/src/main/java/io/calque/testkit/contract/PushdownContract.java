package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.QueryException;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.testkit.rel.FragmentRels;
import io.calque.testkit.rel.RowComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a source takes it computes exactly; what it does not take it refuses with a reason. Both are right: the cases fail only
 * on a wrong answer, or on a refusal that explains nothing.
 */
interface PushdownContract extends Chapter {
    PushdownLedger ledger();

    @TestFactory
    default Stream<DynamicTest> computesExactlyWhatItTakes() {
        return Stream.of(
                        FilterCases.of(world()),
                        TextCases.of(),
                        ProjectCases.of(world()),
                        SortCases.of(world()),
                        AggregateCases.of(world()),
                        JoinCases.of(),
                        FunctionCases.of(world()),
                        SetCases.of(world()),
                        WindowCases.of(world()),
                        ParameterCases.of(world()))
                .flatMap(List::stream)
                .map(c -> DynamicTest.dynamicTest(c.family() + ": " + c.name(), () -> check(c)));
    }

    private void check(ContractCase contractCase) {
        RelNode fragment = contractCase.fragment().apply(new CaseBuilder(world()));
        Capabilities capabilities = world().source().capabilities();
        if (FragmentRels.verdict(capabilities, fragment) instanceof Verdict.No no) {
            assertThat(no.reason()).as("reason").isNotBlank().doesNotEndWith(".");
            ledger().refused(contractCase, no.reason());
            ledger().evidence().refused(Refusals.of(capabilities, fragment), no.reason());
            return;
        }
        NativeQuery query = world().source().compiler().compile(fragment);
        assertThat(query.columns()).isEqualTo(RelTypes.columns(fragment.getRowType()));
        assertThat(query).isEqualTo(world().source().compiler().compile(fragment));
        assertThat(query.text()).isNotBlank();
        boolean failed = compare(fragment, query, contractCase.parameters());
        ledger().taken(contractCase, query.text());
        Map<Use, List<CaseOperands.Operand>> operands =
                CaseOperands.of(fragment, input -> world().expected(input, contractCase.parameters()));
        ledger().evidence().pushed(contractCase.title(), operands, failed);
        if (ledger().evidence().wantsNoRows(operands.keySet())) {
            overNoRows(contractCase, fragment, operands.keySet());
        }
    }

    /** The same over tables whose rows are all filtered away, at the source too. */
    private void overNoRows(ContractCase contractCase, RelNode fragment, Set<Use> uses) {
        RelNode vacant = NoRows.below(fragment);
        if (FragmentRels.verdict(world().source().capabilities(), vacant).allowed()) {
            compare(vacant, world().source().compiler().compile(vacant), contractCase.parameters());
            ledger().evidence().pushedNoRows(contractCase.title(), uses);
        }
    }

    /** Whether the right answer was an error. */
    private boolean compare(RelNode fragment, NativeQuery query, List<? extends @Nullable Object> parameters) {
        List<List<@Nullable Object>> expected;
        try {
            expected = world().expected(fragment, parameters);
        } catch (QueryException e) {
            Failures.expect(e.code(), () -> world().read(query, new Bindings(parameters)));
            return true;
        }
        List<List<@Nullable Object>> actual = world().read(query, new Bindings(parameters));
        if (anyRowsWillDo(fragment)) {
            assertThat(actual).as(query.text()).hasSameSizeAs(expected);
            RelNode all = fragment.getInput(0);
            List<List<@Nullable Object>> missing = new ArrayList<>(world().expected(all, parameters));
            missing.removeAll(actual);
            assertThat(missing).hasSize(world().expected(all, parameters).size() - actual.size());
            return false;
        }
        Optional<String> difference = RowComparison.difference(fragment, expected, actual);
        assertThat(difference).as(query.text()).isEmpty();
        return false;
    }

    /** A limit without an order may take other rows than the reference takes. */
    private static boolean anyRowsWillDo(RelNode fragment) {
        return fragment instanceof Sort sort
                && sort.getCollation().getFieldCollations().isEmpty();
    }
}
