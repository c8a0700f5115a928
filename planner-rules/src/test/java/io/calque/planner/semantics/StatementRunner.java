package io.calque.planner.semantics;

import io.calque.planner.functions.CalqueConvertlets;
import io.calque.planner.functions.CalqueOperators;
import io.calque.planner.lowering.ExpandAverages;
import io.calque.planner.lowering.Lowering;
import io.calque.planner.lowering.LoweringRexExecutor;
import io.calque.planner.lowering.SortByCodePoint;
import io.calque.planner.types.CalqueTypeCoercion;
import io.calque.spi.pushdown.CalqueTypeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRules;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/** Runs a statement over no source: parse, validate, convert, expand, (fold,) lower, run. Single-threaded. */
final class StatementRunner {
    /** Whether constants are computed while planning. */
    enum Folding {
        OFF,
        ON
    }

    record Answer(RelDataType rowType, List<@Nullable Object[]> rows) {}

    private static final Instant NOW = Instant.parse("2024-02-29T22:30:15.250Z");

    private final TimeZone zone;
    private final Folding folding;

    StatementRunner(TimeZone zone, Folding folding) {
        this.zone = zone;
        this.folding = folding;
    }

    Answer run(String sql) throws SqlParseException {
        CalqueTypeFactory types = new CalqueTypeFactory();
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "false");
        CalciteConnectionConfig config = new CalciteConnectionConfigImpl(properties);
        CalciteCatalogReader catalog =
                new CalciteCatalogReader(CalciteSchema.createRootSchema(false), List.of(), types, config);
        SqlNode parsed = SqlParser.create(
                        sql,
                        SqlParser.config()
                                .withParserFactory(SqlBabelParserImpl.FACTORY)
                                .withQuoting(Quoting.DOUBLE_QUOTE)
                                .withUnquotedCasing(Casing.UNCHANGED)
                                .withQuotedCasing(Casing.UNCHANGED)
                                .withConformance(SqlConformanceEnum.BABEL))
                .parseQuery();
        SqlValidator validator = SqlValidatorUtil.newValidator(
                CalqueOperators.table(),
                catalog,
                types,
                SqlValidator.Config.DEFAULT
                        .withConformance(SqlConformanceEnum.BABEL)
                        .withDefaultNullCollation(NullCollation.HIGH)
                        .withTypeCoercionFactory(CalqueTypeCoercion.FACTORY));
        VolcanoPlanner planner = new VolcanoPlanner();
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        planner.setExecutor(LoweringRexExecutor.INSTANCE);
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
        SqlToRelConverter converter = new SqlToRelConverter(
                (rowType, query, schemas, viewPath) -> {
                    throw new UnsupportedOperationException("views");
                },
                validator,
                catalog,
                cluster,
                CalqueConvertlets.TABLE,
                SqlToRelConverter.config()
                        .withExpand(false)
                        .withTrimUnusedFields(false)
                        .withInSubQueryThreshold(Integer.MAX_VALUE));
        SqlNode valid = validator.validate(parsed);
        RelRoot root = converter.convertQuery(valid, false, true);
        RelNode plan = hep(ExpandAverages.apply(root.project()), subQueries());
        if (folding == Folding.ON) {
            plan = hep(plan, reductions());
        }
        plan = hep(Lowering.apply(plan), windows());
        EnumerableRel physical = calcs(physical(plan));
        return new Answer(root.validatedRowType, execute(physical));
    }

    private static RelNode hep(RelNode plan, HepProgramBuilder program) {
        HepPlanner hep = new HepPlanner(program.build());
        hep.setExecutor(LoweringRexExecutor.INSTANCE);
        hep.setRoot(plan);
        return hep.findBestExp();
    }

    private static HepProgramBuilder subQueries() {
        return new HepProgramBuilder()
                .addRuleInstance(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE)
                .addRuleInstance(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE);
    }

    private static HepProgramBuilder reductions() {
        return new HepProgramBuilder()
                .addRuleInstance(CoreRules.FILTER_REDUCE_EXPRESSIONS)
                .addRuleInstance(CoreRules.PROJECT_REDUCE_EXPRESSIONS);
    }

    private static HepProgramBuilder windows() {
        return new HepProgramBuilder().addRuleInstance(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
    }

    /** Stock projections and filters only run as parts of a calc. */
    private static EnumerableRel calcs(EnumerableRel plan) {
        return (EnumerableRel) hep(plan, new HepProgramBuilder().addRuleCollection(RelOptRules.CALC_RULES));
    }

    private static EnumerableRel physical(RelNode plan) {
        VolcanoPlanner planner = (VolcanoPlanner) plan.getCluster().getPlanner();
        EnumerableRules.ENUMERABLE_RULES.stream()
                .filter(rule -> rule != EnumerableRules.ENUMERABLE_SORT_RULE)
                .filter(rule -> rule != EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE)
                .forEach(planner::addRule);
        planner.addRule(SortByCodePoint.RULE);
        planner.addRule(CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES);
        planner.setRoot(planner.changeTraits(
                plan, plan.getTraitSet().replace(EnumerableConvention.INSTANCE).simplify()));
        return (EnumerableRel) planner.findBestExp();
    }

    private List<@Nullable Object[]> execute(EnumerableRel physical) {
        Map<String, Object> parameters = new HashMap<>();
        Bindable<?> bindable =
                EnumerableInterpretable.toBindable(parameters, null, physical, EnumerableRel.Prefer.ARRAY);
        parameters.put(DataContext.Variable.TIME_ZONE.camelName, zone);
        parameters.put(DataContext.Variable.UTC_TIMESTAMP.camelName, NOW.toEpochMilli());
        parameters.put(DataContext.Variable.USER.camelName, "ada");
        DataContext context = DataContexts.of(parameters);
        List<@Nullable Object[]> rows = new ArrayList<>();
        boolean single = physical.getRowType().getFieldCount() == 1;
        for (Object row : bindable.bind(context)) {
            rows.add(single ? new Object[] {row} : (Object[]) row);
        }
        return rows;
    }
}
