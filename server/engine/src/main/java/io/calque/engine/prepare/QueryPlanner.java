package io.calque.engine.prepare;

import io.calque.engine.ResultColumn;
import io.calque.engine.explain.PlanTrees;
import io.calque.engine.names.NearestName;
import io.calque.engine.names.QueryResolver;
import io.calque.engine.names.TableIndex;
import io.calque.planner.OptimizedPlan;
import io.calque.planner.Optimizer;
import io.calque.planner.PlannerCluster;
import io.calque.planner.PlanningBudget;
import io.calque.planner.physical.SourceFetch;
import io.calque.planner.physical.WatchedRows;
import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.planner.pushdown.PushdownSwitches;
import io.calque.planner.pushdown.SourceQuery;
import io.calque.planner.rewrite.Normalisation;
import io.calque.planner.types.CalqueValidator;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import io.calque.spi.type.DataType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans one query: text to algebra to a compiled plan. Thread-safe; each call is on its own. */
public final class QueryPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(QueryPlanner.class);
    private static final Pattern UNKNOWN_COLUMN = Pattern.compile("(?s).*Column '([^']+)' not found.*");

    private final Function<SourceId, Source> sources;
    private final PlanCode code = new PlanCode();

    /**
     * @param sources throws OBJECT_NOT_FOUND for a source that is not configured
     */
    public QueryPlanner(Function<SourceId, Source> sources) {
        this.sources = sources;
    }

    /**
     * @throws QueryException for whatever is wrong with the statement
     */
    public PlannedQuery plan(
            String sql,
            StatementContext context,
            Supplier<TableIndex> tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions,
            PlanningBudget budget) {
        return plan(sql, List.of(), context, tables, passThrough, questions, budget);
    }

    /**
     * A plan for all values of the parameters of which some are always the same.
     *
     * @param firsts for each parameter the first one that it is always the same as; empty where nothing is known
     * @throws QueryException for whatever is wrong with the statement
     */
    PlannedQuery plan(
            String sql,
            List<Integer> firsts,
            StatementContext context,
            Supplier<TableIndex> tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions,
            PlanningBudget budget) {
        StatementTables uses =
                new StatementTables(sources, passThrough, questions, told(context, tables, passThrough, questions));
        try {
            Algebra algebra = algebra(sql, context, tables.get(), uses, budget);
            SqlValidator validator = algebra.validator();
            List<DataType> parameters = validator.getParameterRowType(algebra.validated()).getFieldList().stream()
                    .map(f -> RelTypes.toData(f.getType()))
                    .toList();
            RelRoot root = algebra.root().withRel(SameParameters.in(algebra.root().rel, firsts, parameters));
            List<ResultColumn> columns =
                    ColumnLabels.name(algebra.parsed(), columns(validator, algebra.validated(), root.validatedRowType));
            ResultOrder order = ResultOrder.of(root);
            try {
                OptimizedPlan optimized = new Optimizer(gate(context)).optimize(root);
                return compile(columns, parameters, order, optimized, uses);
            } catch (FragmentRefused e) {
                // A defect of an adapter, but no reason for a query to fail.
                LOG.warn("planned without pushdown: {}", e.getMessage());
                OptimizedPlan local = new Optimizer(
                                new PushdownGate(id -> sources.apply(id).capabilities(), PushdownSwitches.ALL_OFF))
                        .optimize(root);
                return compile(columns, parameters, order, local, uses);
            }
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            // Calcite states some of its limits as assertions.
            throw suggested(CalciteErrors.validation(e), uses);
        }
    }

    /** A query after validation, before anything is optimized. */
    private record Algebra(SqlNode parsed, SqlValidator validator, SqlNode validated, RelRoot root) {}

    private static Algebra algebra(
            String sql, StatementContext context, TableIndex tables, StatementTables uses, PlanningBudget budget) {
        JavaTypeFactory types = Dialect.typeFactory();
        SqlNode parsed = Dialect.parse(sql);
        SqlNode resolved = new QueryResolver(tables, uses).resolve(parsed, context.searchPath());
        StatementCatalog catalog = new StatementCatalog(uses.schemas().root(), types);
        SqlValidator validator = new CalqueValidator(Dialect.operators(), catalog, types, Dialect.validatorConfig());
        SqlNode validated = validator.validate(resolved);
        RelOptCluster cluster = PlannerCluster.create(new RexBuilder(types), budget);
        RelRoot root = new SqlToRelConverter(
                        NoViews.INSTANCE, validator, catalog, cluster, Dialect.convertlets(), Dialect.converterConfig())
                .convertQuery(validated, false, true);
        return new Algebra(parsed, validator, validated, IntervalColumns.asText(root));
    }

    /** A query that stands as text in another: what it would be as a plan document. */
    private Function<String, AnsweredQuestion> told(
            StatementContext context,
            Supplier<TableIndex> tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions) {
        return inner -> {
            StatementTables uses = new StatementTables(sources, passThrough, questions, deeper -> {
                throw new QueryException(ErrorCode.NOT_SUPPORTED, "PLAN_OF does not nest");
            });
            try {
                RelRoot root = algebra(query(inner), context, tables.get(), uses, PlanningBudget.unbounded())
                        .root();
                RelNode flat = Normalisation.movePredicates(Normalisation.removeSubqueries(root.project()));
                RelNode told = Normalisation.trimColumns(Normalisation.findSemiJoins(flat));
                return questions.tell(told, root.validatedRowType.getFieldNames());
            } catch (QueryException e) {
                throw e;
            } catch (RuntimeException | AssertionError e) {
                throw suggested(CalciteErrors.validation(e), uses);
            }
        };
    }

    /** A text that is to be a query: a misspelled verb is told as in any statement. */
    private static String query(String text) {
        if (StatementParser.parse(text) instanceof Statement.Query query) {
            return query.sql();
        }
        throw new QueryException(ErrorCode.SYNTAX_ERROR, "PLAN_OF takes a query: PLAN_OF('SELECT ...')");
    }

    /**
     * The columns that a query would return, as far as names and types tell: nothing is optimized, no source asked.
     *
     * @throws QueryException for whatever is wrong with the statement
     */
    public List<ResultColumn> columns(
            String sql,
            List<String> searchPath,
            TableIndex tables,
            PassThroughPolicy passThrough,
            QuestionDesk questions) {
        StatementTables uses = new StatementTables(sources, passThrough, questions, inner -> {
            throw new QueryException(ErrorCode.NOT_SUPPORTED, "A view cannot hold PLAN_OF");
        });
        JavaTypeFactory types = Dialect.typeFactory();
        try {
            SqlNode resolved = new QueryResolver(tables, uses).resolve(Dialect.parse(sql), searchPath);
            StatementCatalog catalog = new StatementCatalog(uses.schemas().root(), types);
            SqlValidator validator =
                    new CalqueValidator(Dialect.operators(), catalog, types, Dialect.validatorConfig());
            SqlNode validated = validator.validate(resolved);
            return columns(validator, validated, validator.getValidatedNodeType(validated));
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw suggested(CalciteErrors.validation(e), uses);
        }
    }

    private PushdownGate gate(StatementContext context) {
        return new PushdownGate(id -> sources.apply(id).capabilities(), context.pushdown());
    }

    private PlannedQuery compile(
            List<ResultColumn> columns,
            List<DataType> parameters,
            ResultOrder order,
            OptimizedPlan optimized,
            StatementTables statement) {
        List<NativeQuery> fragments = optimized.fetches().stream()
                .map(SourceFetch::query)
                .map(this::nativeQuery)
                .toList();
        Map<Integer, KeyedFragment> keyed = new HashMap<>();
        for (SourceFetch fetch : optimized.fetches()) {
            if (!fetch.keyed().isEmpty()) {
                Map<List<KeyForm>, NativeQuery> queries = new LinkedHashMap<>();
                fetch.keyed().queries().forEach((forms, query) -> queries.put(forms, nativeQuery(query)));
                keyed.put(fetch.ordinal(), new KeyedFragment(fetch.keyed().uses(), queries));
            }
        }
        FetchUses fetches = FetchUses.of(optimized.root());
        Map<String, Object> constants = new HashMap<>();
        Bindable<?> compiled = code.of(WatchedRows.everywhere(optimized.root()), constants);
        return new PlannedQuery(
                columns,
                parameters,
                order,
                PlanTrees.describe(optimized.root(), fragments, keyed),
                optimized.residuals(),
                fragments,
                fetches.replayed(),
                compiled,
                constants,
                statement.readAs(),
                optimized.fetches().stream()
                        .anyMatch(f -> f.query().nativeText().isPresent()),
                statement.tables(),
                keyed);
    }

    private NativeQuery nativeQuery(SourceQuery query) {
        return query.nativeText().orElseGet(() -> {
            try {
                return sources.apply(query.source()).compiler().compile(query.fragment());
            } catch (IllegalArgumentException e) {
                throw new FragmentRefused(query.source() + ": " + e.getMessage(), e);
            }
        });
    }

    /** A source does not compile what its capabilities accepted. */
    private static final class FragmentRefused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        FragmentRefused(String message, IllegalArgumentException cause) {
            super(message, cause);
        }
    }

    private static List<ResultColumn> columns(SqlValidator validator, SqlNode query, RelDataType rowType) {
        List<@Nullable List<String>> origins = validator.getFieldOrigins(query);
        return rowType.getFieldList().stream()
                .map(field -> column(field, origins.get(field.getIndex())))
                .toList();
    }

    private static ResultColumn column(RelDataTypeField field, @Nullable List<String> origin) {
        DataType type =
                IntervalColumns.isInterval(field.getType()) ? DataType.VARCHAR : RelTypes.toData(field.getType());
        Optional<List<String>> known = Optional.ofNullable(origin).filter(o -> o.size() == 4);
        Optional<TableName> table = known.map(o -> new TableName(new SourceId(o.get(0)), o.get(1), o.get(2)));
        Optional<String> column = known.map(o -> o.get(3));
        return new ResultColumn(field.getName(), type, field.getType().isNullable(), table, column);
    }

    /** An unknown column's message gains the nearest name among the statement's tables. */
    private static QueryException suggested(QueryException error, StatementTables uses) {
        Matcher unknown = UNKNOWN_COLUMN.matcher(String.valueOf(error.getMessage()));
        if (error.code() != ErrorCode.COLUMN_NOT_FOUND || !unknown.matches()) {
            return error;
        }
        return NearestName.to(unknown.group(1), uses.columnNames())
                .map(near -> new QueryException(
                        error.code(), error.getMessage() + ". Did you mean '" + near + "'?", error.getCause()))
                .orElse(error);
    }
}
