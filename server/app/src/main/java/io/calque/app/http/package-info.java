/**
 * The one port: the Avatica protocol at {@code /}, SQL over plain HTTP at {@code /v1/sql}, cancel, health and metrics.
 *
 * <p>Jetty's threads run the requests, at most as many as configured; a body is read up to a limit; a client that goes away takes
 * its query with it.
 */
@NullMarked
package io.calque.app.http;

import org.jspecify.annotations.NullMarked;
