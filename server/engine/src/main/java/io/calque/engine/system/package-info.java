/**
 * The built-in source: system, information_schema and jdbc tables, answered without any other source.
 */
@NullMarked
package io.calque.engine.system;

import org.jspecify.annotations.NullMarked;
