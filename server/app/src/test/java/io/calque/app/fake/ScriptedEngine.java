package io.calque.app.fake;

import io.calque.engine.PreparedQuery;
import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers by the text of the statement: {@code rows N} gives N generated rows, {@code repeat N} the same few over and over, {@code echo TYPE, ...} gives its parameters back,
 * {@code wait} blocks until it is cancelled or times out, {@code SET x TO y} changes a setting, {@code fail CODE} fails while
 * preparing, {@code break N} fails after N rows, and anything else is looked up among the scripted answers. Thread-safe.
 */
public final class ScriptedEngine implements SessionFactory {
    private final Map<String, ScriptedAnswer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    final AtomicInteger openRuns = new AtomicInteger();
    final AtomicInteger openSessions = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicLong produced = new AtomicLong();
    final List<List<? extends @Nullable Object>> parameters = new CopyOnWriteArrayList<>();
    final Semaphore ended = new Semaphore(0);
    volatile String lastId = "";
    private volatile CountDownLatch waiting = new CountDownLatch(1);

    public ScriptedEngine answer(String sql, ScriptedAnswer answer) {
        answers.put(sql, answer);
        return this;
    }

    /** Queries that were started and not closed. */
    public int openRuns() {
        return openRuns.get();
    }

    public int openSessions() {
        return openSessions.get();
    }

    public int cancelled() {
        return cancelled.get();
    }

    /** Rows handed out by all queries. */
    public long produced() {
        return produced.get();
    }

    /** The parameters of all runs. */
    public List<List<? extends @Nullable Object>> parameters() {
        return parameters;
    }

    /** The id of the query that began last. */
    public String runningId() {
        return lastId;
    }

    /** A permit for each query that was waiting and was stopped. */
    public Semaphore ended() {
        return ended;
    }

    /** Opens when a {@code wait} has begun to block. */
    public CountDownLatch waiting() {
        return waiting;
    }

    public void expectWait() {
        waiting = new CountDownLatch(1);
    }

    @Override
    public Session open(Principal principal, Map<String, String> settings) {
        SortedMap<String, String> values =
                new TreeMap<>(Map.of("search_path", "", "statement_timeout", "0", "fetch", "x"));
        settings.forEach((name, value) -> set(values, name, value));
        openSessions.incrementAndGet();
        return new ScriptedSession(principal, values);
    }

    private static void set(SortedMap<String, String> values, String name, String value) {
        if (!values.containsKey(name)) {
            throw new QueryException(
                    ErrorCode.OBJECT_NOT_FOUND,
                    "No setting is called '" + name + "'. Did you mean 'statement_timeout'?");
        }
        values.put(name, value);
    }

    private final class ScriptedSession implements Session {
        private final String id = "s" + ids.incrementAndGet();
        private final Principal principal;
        private final SortedMap<String, String> settings;
        private boolean closed;

        ScriptedSession(Principal principal, SortedMap<String, String> settings) {
            this.principal = principal;
            this.settings = settings;
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
        public synchronized SortedMap<String, String> settings() {
            return Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }

        @Override
        public synchronized void set(String name, String value) {
            ScriptedEngine.set(settings, name, value);
        }

        @Override
        public PreparedQuery prepare(String text) {
            String sql = text.strip();
            String[] words = sql.split("\\s+");
            if (words[0].equals("rows")) {
                return new ScriptedQuery(ScriptedEngine.this, text, ScriptedAnswer.generated(Long.parseLong(words[1])));
            }
            if (words[0].equals("repeat")) {
                ScriptedAnswer answer = ScriptedAnswer.generated(Long.parseLong(words[1]));
                return new ScriptedQuery(ScriptedEngine.this, text, answer.repeating());
            }
            if (words[0].equals("break")) {
                return new ScriptedQuery(
                        ScriptedEngine.this,
                        text,
                        ScriptedAnswer.generated(Long.parseLong(words[1]))
                                .endingWith(new QueryException(
                                        ErrorCode.SOURCE_READ_FAILED,
                                        "Source 'crm' failed after " + words[1] + " rows")));
            }
            if (words[0].equals("fail")) {
                throw new QueryException(ErrorCode.valueOf(words[1]), "Failed as asked: " + words[1]);
            }
            if (words[0].equals("defect")) {
                throw new IllegalStateException("secret inside");
            }
            if (words[0].equals("echo")) {
                return new ScriptedQuery(ScriptedEngine.this, text, ScriptedAnswer.echo(types(sql.substring(5))));
            }
            if (words[0].equals("wait")) {
                return new ScriptedQuery(ScriptedEngine.this, text, ScriptedAnswer.blocking());
            }
            if (words[0].equals("SET")) {
                set(words[1], words[3]);
                return new ScriptedQuery(ScriptedEngine.this, text, ScriptedAnswer.nothing());
            }
            if (words[0].equals("SHOW")) {
                return new ScriptedQuery(
                        ScriptedEngine.this,
                        text,
                        ScriptedAnswer.of(
                                List.of(DataType.VARCHAR), List.of(settings().get(words[1]))));
            }
            ScriptedAnswer answer = answers.get(sql);
            if (answer == null) {
                throw new QueryException(ErrorCode.TABLE_NOT_FOUND, "Nothing is scripted for: " + sql);
            }
            return new ScriptedQuery(ScriptedEngine.this, text, answer);
        }

        private static List<DataType> types(String text) {
            List<DataType> types = new ArrayList<>();
            for (String part : text.split(";")) {
                types.add(io.calque.spi.type.DataTypeText.parse(part));
            }
            return types;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                openSessions.decrementAndGet();
            }
        }
    }
}
