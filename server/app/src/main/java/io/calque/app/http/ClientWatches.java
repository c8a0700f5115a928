package io.calque.app.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices clients that go away while their request is being answered, so that nobody's query runs for nobody. Thread-safe.
 *
 * <p>While a handler works, Jetty does not look at the request's connection. A request that takes longer than a moment is
 * therefore given a reader of its own: the end of the stream means that the client has gone. HTTP/1 clients send nothing more
 * before they have their response; should one do so, its connection is closed after the response.
 */
final class ClientWatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientWatches.class);
    private static final long PATIENCE_MILLIS = 300;

    private final ScheduledThreadPoolExecutor timer;

    ClientWatches() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "calque-client-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Watches until the watch is closed, which must be before the response is complete.
     *
     * @param gone run at most once, on another thread
     */
    Watch watch(Context context, Runnable gone) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        Watch watch = new Watch(endPoint instanceof AbstractEndPoint readable ? readable : null, context, gone);
        watch.start(timer);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The watch over one request. */
    static final class Watch implements AutoCloseable, Callback {
        private final @Nullable AbstractEndPoint endPoint;
        private final Context context;
        private final Runnable gone;
        private @Nullable ScheduledFuture<?> timer;
        private boolean reading;
        private boolean closed;

        private Watch(@Nullable AbstractEndPoint endPoint, Context context, Runnable gone) {
            this.endPoint = endPoint;
            this.context = context;
            this.gone = gone;
        }

        private synchronized void start(ScheduledThreadPoolExecutor executor) {
            if (endPoint != null) {
                timer = executor.schedule(this::read, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private synchronized void read() {
            if (!closed && endPoint != null) {
                reading = endPoint.tryFillInterested(this);
            }
        }

        @Override
        public void succeeded() {
            boolean ended = false;
            synchronized (this) {
                reading = false;
                if (closed || endPoint == null) {
                    return;
                }
                ByteBuffer buffer = BufferUtil.allocate(1);
                try {
                    int count = endPoint.fill(buffer);
                    if (count > 0) {
                        context.header("Connection", "close");
                        return;
                    }
                    ended = count < 0;
                } catch (IOException e) {
                    LOG.debug("client went away", e);
                    ended = true;
                }
                if (!ended) {
                    reading = endPoint.tryFillInterested(this);
                }
            }
            if (ended) {
                LOG.debug("client went away path={}", context.path());
                gone.run();
            }
        }

        @Override
        public void failed(Throwable failure) {
            boolean ended;
            synchronized (this) {
                reading = false;
                ended = !closed;
            }
            if (ended) {
                gone.run();
            }
        }

        @Override
        public void close() {
            AbstractEndPoint read = null;
            synchronized (this) {
                closed = true;
                if (timer != null) {
                    timer.cancel(false);
                }
                if (reading) {
                    read = endPoint;
                }
            }
            if (read != null) {
                // gives the connection back to Jetty, which waits for the next request on it
                read.getFillInterest().onFail(new CancellationException("the request is answered"));
            }
        }
    }
}
