/**
 * The adapter contract: how a database is opened, introspected and read.
 */
@NullMarked
package io.calque.spi.source;

import org.jspecify.annotations.NullMarked;
