package io.cxmetrics.cli;

import java.util.concurrent.TimeUnit;

/** Shows on a terminal how far a long reading has come; silent for the first second, and where nobody watches. */
final class Progress implements AutoCloseable {
    private static final long SILENT = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(200);

    private final Terminal terminal;
    private final long totalBytes;
    private final long started = System.nanoTime();
    private long shownAt = started;
    private long bytes;
    private boolean shown;

    Progress(Terminal terminal, long totalBytes) {
        this.terminal = terminal;
        this.totalBytes = totalBytes;
    }

    void read(long more) {
        bytes += more;
        if (!terminal.progress()) {
            return;
        }
        long now = System.nanoTime();
        if (now - started > SILENT && now - shownAt > BETWEEN) {
            long percent = totalBytes == 0 ? 100 : Math.min(100, bytes * 100 / totalBytes);
            terminal.err().print("\rreading: " + percent + " % of " + totalBytes / 1_000_000 + " MB ");
            terminal.err().flush();
            shownAt = now;
            shown = true;
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown) {
            terminal.err().print("\r" + " ".repeat(40) + "\r");
            terminal.err().flush();
        }
    }
}
