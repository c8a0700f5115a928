package io.calque.registry.introspect;

import io.calque.spi.source.Progress;

/** One count for all sources at once. Thread-safe; reports come in order. */
final class SharedProgress {
    private final Progress progress;
    private long done;
    private long total;

    SharedProgress(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    synchronized void expect(long more, String what) {
        total += more;
        progress.report(done, total, what);
    }

    synchronized void finished(String what) {
        done++;
        progress.report(done, total, what);
    }

    synchronized void working(String what) {
        progress.report(done, total, what);
    }
}
