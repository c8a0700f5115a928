package io.calque.engine.session;

import io.calque.engine.EngineConfig;
import io.calque.engine.SourceSet;
import io.calque.engine.SourceWatch;
import io.calque.engine.exec.QueryRunner;
import io.calque.engine.names.TableIndexes;
import io.calque.engine.prepare.PlanCache;
import io.calque.engine.system.SystemSource;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.catalog.Catalog;
import io.calque.spi.question.QuestionPlanner;
import java.time.Clock;

/** What all sessions of one engine share. Immutable. */
public record EngineServices(
        EngineConfig config,
        Catalog catalog,
        SourceSet sources,
        SystemSource system,
        AccessPolicy policy,
        TableIndexes names,
        PlanCache plans,
        QuestionPlanner questions,
        QueryRunner runner,
        QueryLog log,
        SourceWatch watch,
        Clock clock) {}
