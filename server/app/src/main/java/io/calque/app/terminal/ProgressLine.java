package io.calque.app.terminal;

import io.calque.spi.source.Progress;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr when a person looks at it; nothing in a pipe. Thread-safe. */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final int WIDEST = 100;

    private final Optional<ProgressBar> bar;

    private ProgressLine(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    public static ProgressLine on(Invocation invocation, String task) {
        if (!invocation.terminals().error()) {
            return new ProgressLine(Optional.empty());
        }
        int columns = invocation.terminals().columns();
        int width = columns == 0 ? WIDEST : Math.min(columns, WIDEST);
        // the width is given because the bar would otherwise open a terminal of its own to ask for it
        return new ProgressLine(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .setUpdateIntervalMillis(100)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(invocation.error(), width))
                .build()));
    }

    @Override
    public void report(long done, long total, String what) {
        bar.ifPresent(shown -> {
            shown.maxHint(total == 0 ? -1 : total);
            shown.stepTo(done);
            shown.setExtraMessage(what);
        });
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
