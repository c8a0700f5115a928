package io.calque.engine.prepare;

import io.calque.engine.names.TableUses;
import io.calque.planner.catalog.CatalogSchemas;
import io.calque.planner.catalog.NativeTable;
import io.calque.planner.catalog.OverriddenSourceTable;
import io.calque.planner.catalog.SourceTable;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlNode;

/** Collects the tables and native texts that one statement uses. Single-threaded. */
final class StatementTables implements TableUses {
    /** A schema name that no source can have, because of its blank. */
    private static final String NATIVE_SCHEMA = "native query";

    private final Function<SourceId, Source> sources;
    private final PassThroughPolicy passThroughPolicy;
    private final QuestionDesk questions;
    private final Function<String, AnsweredQuestion> told;
    private final Map<String, AnsweredQuestion> answered = new HashMap<>();
    private final CatalogSchemas schemas = new CatalogSchemas();
    private final List<String> columnNames = new ArrayList<>();
    private final Set<ReadAs> readAs = new LinkedHashSet<>();
    private final Set<TableName> tables = new TreeSet<>();
    private int nativeQueries;

    StatementTables(
            Function<SourceId, Source> sources,
            PassThroughPolicy passThroughPolicy,
            QuestionDesk questions,
            Function<String, AnsweredQuestion> told) {
        this.sources = sources;
        this.questions = questions;
        this.told = told;
        this.passThroughPolicy = passThroughPolicy;
    }

    @Override
    public void reads(TableDescriptor table, Optional<OverriddenTable> overridden) {
        Table readable = overridden.<Table>map(OverriddenSourceTable::new).orElseGet(() -> new SourceTable(table));
        schemas.add(table.name(), readable);
        overridden.ifPresent(o -> readAs.addAll(ReadAs.of(o)));
        tables.add(table.name());
        table.columns().forEach(column -> columnNames.add(column.name()));
    }

    @Override
    public NativeUse passThrough(SourceId source, String nativeText) {
        Source owner = sources.apply(source);
        passThroughPolicy.check(source);
        NativeQuery query = owner.passThrough(nativeText);
        TableName name = new TableName(source, NATIVE_SCHEMA, "query " + ++nativeQueries);
        schemas.add(name, new NativeTable(query));
        List<String> columns =
                query.columns().stream().map(NativeQuery.Column::name).toList();
        columnNames.addAll(columns);
        return new NativeUse(name, columns);
    }

    /** Two uses of one question in a statement share its plan. */
    @Override
    public SqlNode question(QuestionForm form, String question) {
        if (form == QuestionForm.QUERY) {
            return Dialect.parse(QuestionReport.sql(told.apply(question), OptionalDouble.empty()));
        }
        if (form == QuestionForm.CONTEXT) {
            return Dialect.parse(QuestionReport.context(questions.search(question)));
        }
        if (form == QuestionForm.SOURCES) {
            return Dialect.parse(QuestionReport.sources(questions.classify(question)));
        }
        AnsweredQuestion answer = answered.computeIfAbsent(question, questions::answer);
        return Dialect.parse(
                form == QuestionForm.ROWS ? answer.sql() : QuestionReport.sql(answer, questions.dryRun(answer)));
    }

    @Override
    public SqlNode parseView(ViewDescriptor view) {
        return Dialect.parse(view.sql());
    }

    CatalogSchemas schemas() {
        return schemas;
    }

    Set<TableName> tables() {
        return tables;
    }

    /** Columns whose type is an override, in the order of their tables in the statement. */
    List<ReadAs> readAs() {
        return List.copyOf(readAs);
    }

    /** All columns that the statement could have meant. */
    List<String> columnNames() {
        return columnNames;
    }
}
