package io.calque.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Configures logback without a file, which would cost every command a parser. The level of Calque's own loggers is
 * {@code CALQUE_LOG} or the system property {@code calque.log}, ERROR by default, because commands tell their failures
 * themselves, and INFO for a server; those of libraries follow at ERROR.
 */
public final class StderrLogging extends ContextAwareBase implements Configurator {
    public static final String LEVEL_PROPERTY = "calque.log";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level %logger{0} %msg%n%ex");
        encoder.start();

        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();

        Level level = Level.toLevel(
                Optional.ofNullable(System.getenv("CALQUE_LOG"))
                        .orElseGet(() -> System.getProperty(LEVEL_PROPERTY, "error")),
                Level.ERROR);
        context.getLogger("ROOT").setLevel(level.levelInt <= Level.DEBUG_INT ? Level.WARN : Level.ERROR);
        context.getLogger("ROOT").addAppender(appender);
        context.getLogger("io.calque").setLevel(level);
        // What the demo's server refuses it tells its client; introspection asks it for more than it can.
        context.getLogger("de.bwaldvogel.mongo").setLevel(level.levelInt <= Level.DEBUG_INT ? Level.WARN : Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
