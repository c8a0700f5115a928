package io.calque.app.shell;

import io.calque.app.format.OutputFormat;

/** What the person has asked answers to look like. Single-threaded. */
final class Display {
    private OutputFormat format;
    private boolean expanded;
    private boolean timing = true;

    Display(OutputFormat format) {
        this.format = format;
    }

    OutputFormat format() {
        return format;
    }

    void show(OutputFormat newFormat) {
        format = newFormat;
    }

    boolean expanded() {
        return expanded;
    }

    void toggleExpanded() {
        expanded = !expanded;
    }

    boolean timing() {
        return timing;
    }

    void toggleTiming() {
        timing = !timing;
    }
}
