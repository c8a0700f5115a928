package io.calque.engine.session;

import io.calque.engine.PreparedQuery;
import io.calque.engine.Session;
import io.calque.engine.exec.Execution;
import io.calque.engine.exec.QueryRunner;
import io.calque.engine.names.TableIndex;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.engine.prepare.ReusablePlan;
import io.calque.engine.prepare.Statement;
import io.calque.engine.prepare.StatementContext;
import io.calque.engine.prepare.StatementParser;
import io.calque.engine.system.SystemSource;
import io.calque.planner.PlanningBudget;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.question.QuestionPlanner.Asked;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session of {@link io.calque.engine.QueryEngine}. Thread-safe. */
public final class EngineSession implements Session {
    private final String id;
    private final Principal principal;
    private final EngineServices services;
    /** The question asked last, in full: follow-ups lean on it. */
    private static final Set<String> STARTS_ANEW = Set.of("search_path", "role");

    private volatile Optional<String> previousQuestion = Optional.empty();

    private volatile Settings settings = Settings.defaults();
    private final AtomicLong queries;
    private final AtomicBoolean closed = new AtomicBoolean();

    public EngineSession(String id, Principal principal, EngineServices services) {
        this(id, principal, services, new AtomicLong());
    }

    private EngineSession(String id, Principal principal, EngineServices services, AtomicLong queries) {
        this.id = id;
        this.principal = principal;
        this.services = services;
        this.queries = queries;
    }

    /** The same conversation with one setting changed; this one stays as it is. */
    EngineSession with(String name, String value) {
        EngineSession twin = new EngineSession(id, principal, services, queries);
        twin.settings = settings.with(name, value);
        return twin;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public SortedMap<String, String> settings() {
        return settings.values();
    }

    @Override
    public synchronized void set(String name, String value) {
        settings = settings.with(name, value);
    }

    synchronized void reset(String name) {
        settings = settings.reset(name);
    }

    synchronized void resetAll() {
        settings = Settings.defaults();
    }

    String setting(String name) {
        return settings.get(name);
    }

    EngineServices services() {
        return services;
    }

    @Override
    public PreparedQuery prepare(String sql) {
        return prepare(sql, closed::get);
    }

    @Override
    public PreparedQuery prepare(String sql, BooleanSupplier stopped) {
        if (closed.get()) {
            throw new QueryException(ErrorCode.STATEMENT_NOT_FOUND, "The session is closed");
        }
        CatalogSnapshot now = catalog();
        Optional<String> before = previousQuestion;
        String measured = MeasureCalls.replaced(sql, now.ontology(), asked(now).roles());
        Statement statement = StatementParser.parse(QuestionCalls.completed(measured, this::inFull));
        if (statement instanceof Statement.Query query) {
            return planned(sql, query.sql(), budget(stopped), before);
        }
        if (statement instanceof Statement.Explain explain) {
            return new ExplainStatement(this, sql, explain);
        }
        if (statement instanceof Statement.Verify verify) {
            return new VerifyStatement(this, sql, verify.sql());
        }
        if (statement instanceof Statement.SetOption option
                && STARTS_ANEW.contains(option.name().toLowerCase(Locale.ROOT))) {
            // other sources or another asker: what was asked before is not spoken of any more
            previousQuestion = Optional.empty();
        }
        return new ControlStatement(this, sql, statement);
    }

    private PlannedStatement planned(String sql, String inFull, PlanningBudget budget, Optional<String> before) {
        try {
            return new PlannedStatement(this, sql, inFull, budget);
        } catch (QueryException e) {
            if (e.code() == ErrorCode.QUESTION_DECLINED || e.code() == ErrorCode.QUESTION_AMBIGUOUS) {
                // what was not understood is nothing to go on from: it is said again, in other words
                previousQuestion = before;
            }
            throw e;
        }
    }

    /** A question as it is meant after the one before it, which it becomes for the next. */
    private String inFull(String question) {
        String full = previousQuestion
                .map(previous -> services.questions().complete(previous, question, asked(catalog())))
                .orElse(question);
        previousQuestion = Optional.of(full);
        return full;
    }

    /** The newest snapshot, as far as the principal may see it: whatever a statement does begins with it. */
    CatalogSnapshot catalog() {
        return visible(services.catalog().current());
    }

    /** What the principal may see of a snapshot. */
    CatalogSnapshot visible(CatalogSnapshot snapshot) {
        return services.names().visible(snapshot, principal);
    }

    private Asked asked(CatalogSnapshot snapshot) {
        return new Asked(snapshot, principal, services.policy(), settings.searchPath(), settings.role());
    }

    /** The query that a question means now. */
    String queryOf(String question, CatalogSnapshot snapshot) {
        return services.questions().plan(question, asked(snapshot)).sql();
    }

    /** The plan that a question has for people of a role now. */
    String planOf(String question, Optional<String> role, CatalogSnapshot snapshot) {
        EngineSession asking = role.map(r -> with("role", r)).orElse(this);
        return services.questions().plan(question, asking.asked(snapshot)).plan();
    }

    String newQueryId() {
        return id + "-" + queries.incrementAndGet();
    }

    /** All that planning depends on, as it is now. */
    StatementContext context(CatalogSnapshot snapshot) {
        Settings now = settings;
        return new StatementContext(
                snapshot.version(),
                services.sources().version(),
                principal,
                services.policy().digest(principal)
                        + now.role().map(r -> " as " + r).orElse(""),
                now.searchPath(),
                now.timeZone(),
                now.pushdown());
    }

    PlannedQuery plan(String sql, CatalogSnapshot snapshot) {
        return services.plans()
                .plan(
                        sql,
                        context(snapshot),
                        tables(snapshot),
                        this::checkPassThrough,
                        questions(snapshot),
                        budget(closed::get));
    }

    /** The same for a statement whose plan nobody sees. */
    ReusablePlan reusablePlan(String sql, CatalogSnapshot snapshot) {
        return reusablePlan(sql, snapshot, budget(closed::get));
    }

    ReusablePlan reusablePlan(String sql, CatalogSnapshot snapshot, PlanningBudget budget) {
        return services.plans()
                .reusable(
                        sql, context(snapshot), tables(snapshot), this::checkPassThrough, questions(snapshot), budget);
    }

    /** Planning is part of what the statement's deadline bounds. */
    private PlanningBudget budget(BooleanSupplier stopped) {
        return new PlanningBudget(timeout(), () -> closed.get() || stopped.getAsBoolean());
    }

    private Supplier<TableIndex> tables(CatalogSnapshot snapshot) {
        return () -> services.names().of(snapshot);
    }

    private AskedQuestions questions(CatalogSnapshot snapshot) {
        return new AskedQuestions(services.questions(), asked(snapshot), Optional.of(sql -> plan(sql, snapshot)));
    }

    private void checkPassThrough(SourceId source) {
        if (!services.policy().mayPassThrough(principal, source)) {
            throw new QueryException(
                    ErrorCode.ACCESS_DENIED,
                    "User '" + principal.name() + "' may not send native queries to source '" + source + "'");
        }
    }

    /**
     * @param parameters coerced already
     * @param maxRows 0 for no bound
     */
    Execution start(
            String queryId,
            String sql,
            PlannedQuery plan,
            CatalogSnapshot snapshot,
            List<? extends @Nullable Object> parameters,
            Duration timeout,
            long maxRows) {
        if (services.log().runningCount() >= services.config().maxQueries()) {
            throw new QueryException(
                    ErrorCode.TOO_MANY_QUERIES,
                    services.config().maxQueries() + " queries run already; try again when one has ended");
        }
        Settings now = settings;
        Source system = services.system().as(new SystemView(snapshot, principal, services.policy()));
        Execution execution = services.runner()
                .start(new QueryRunner.Request(
                        queryId,
                        plan,
                        parameters,
                        source -> source.equals(SystemSource.ID)
                                ? system
                                : services.sources().get(source),
                        timeout,
                        now.queryMemoryBytes(services.config().queryMemoryBytes()),
                        now.timeZone(),
                        principal.name(),
                        now.localThreads(),
                        now.scanSplits(),
                        maxRows,
                        () -> services.log().ended(queryId)));
        services.log().started(id, principal.name(), sql, execution);
        return execution;
    }

    Duration timeout() {
        return settings.statementTimeout(services.config().statementTimeout());
    }

    Settings currentSettings() {
        return settings;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            services.log().cancelSession(id);
        }
    }
}
