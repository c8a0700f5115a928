/**
 * Where log lines go: to stderr, and only those that somebody must see unless asked for more. Set up once, before the first
 * logger.
 */
@NullMarked
package io.calque.app.log;

import org.jspecify.annotations.NullMarked;
